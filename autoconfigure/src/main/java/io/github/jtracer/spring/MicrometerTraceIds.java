package io.github.jtracer.spring;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/** The trace ids of Micrometer Tracing, whatever is behind it. */
final class MicrometerTraceIds implements TraceIds {
    @Override
    public @Nullable String of(Observation.Context context) {
        TracingContext tracing = context.get(TracingContext.class);
        if (tracing == null || tracing.getSpan() == null) {
            return null;
        }
        String traceId = tracing.getSpan().context().traceId();
        return traceId.isEmpty() ? null : traceId;
    }
}
