package io.github.jtracer.spring;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** Tells which distributed trace an observation belongs to. */
@FunctionalInterface
interface TraceIds {
    /** The trace's id, or null where there is none. */
    @Nullable String of(Observation.Context context);
}
