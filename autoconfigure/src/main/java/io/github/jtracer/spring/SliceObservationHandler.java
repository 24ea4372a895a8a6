package io.github.jtracer.spring;

import io.github.jtracer.JTracer;
import io.github.jtracer.Slice;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows each observation as a slice around the calls that it causes, with its contextual name, its
 * low-cardinality keys, and the id of its trace.
 *
 * <p>An ordinary slice lives on one thread; of an observation that is what is between the opening
 * of its scope and the closing. Names and keys are complete only when the observation stops, mostly
 * a moment after its scope was closed: where that is certain to happen on the same thread, the
 * slice ends there. An observation that stops elsewhere (a reactive one, a request that went
 * asynchronous) or had no scope is an asynchronous slice as a whole.
 *
 * <p>While nothing records, each callback reads one field and returns.
 */
final class SliceObservationHandler implements ObservationHandler<Observation.Context> {
    /** The slice of this thread's whose scope has closed and whose observation has not stopped. */
    private static final ThreadLocal<@Nullable ObservedSlice> WAITING = new ThreadLocal<>();

    private final TraceIds traceIds;

    SliceObservationHandler(TraceIds traceIds) {
        this.traceIds = traceIds;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        if (JTracer.recording()) {
            ObservedSlice observed = new ObservedSlice();
            if (StopsWhereItStarted.neverDoes(context)) {
                observed.beginWhole(name(context), parent(context));
            }
            context.put(ObservedSlice.class, observed);
        }
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        if (!JTracer.recording()) {
            return;
        }
        endWaiting();
        ObservedSlice observed = context.get(ObservedSlice.class);
        if (observed == null) {
            observed = new ObservedSlice();
            context.put(ObservedSlice.class, observed);
        }
        observed.open(JTracer.slice(name(context)));
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        if (!JTracer.recording()) {
            return;
        }
        endWaiting();
        ObservedSlice observed = context.get(ObservedSlice.class);
        if (observed == null) {
            return;
        }
        if (!observed.hasStopped()
                && observed.outermostOnItsThread()
                && StopsWhereItStarted.test(context)) {
            WAITING.set(observed);
        } else {
            end(observed, context);
        }
    }

    @Override
    public void onError(Observation.Context context) {
        Throwable error = context.getError();
        if (JTracer.recording() && error != null) {
            JTracer.instant("error", "exception", error.getClass().getName());
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        if (!JTracer.recording()) {
            return;
        }
        ObservedSlice observed = context.get(ObservedSlice.class);
        if (observed == null) {
            return;
        }
        if (WAITING.get() == observed) {
            WAITING.remove();
            end(observed, context);
        } else if (!observed.stopsInsideItsScope()) {
            Slice whole = observed.endingWhole(name(context), parent(context));
            keys(context).forEach(whole::put);
            whole.close();
        }
    }

    private void end(ObservedSlice observed, Observation.Context context) {
        Slice slice = observed.close();
        if (slice == null) {
            return;
        }
        slice.rename(name(context));
        keys(context).forEach(slice::put);
        slice.close();
    }

    /** What tells this observation from others of its name, and its trace. */
    private Map<String, String> keys(Observation.Context context) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (KeyValue keyValue : context.getLowCardinalityKeyValues()) {
            keys.put(keyValue.getKey(), keyValue.getValue());
        }
        String traceId = traceIds.of(context);
        if (traceId != null) {
            keys.put("traceId", traceId);
        }
        return keys;
    }

    private static @Nullable ObservedSlice parent(Observation.Context context) {
        ObservationView parent = context.getParentObservation();
        return parent == null ? null : parent.getContextView().get(ObservedSlice.class);
    }

    private static void endWaiting() {
        ObservedSlice waiting = WAITING.get();
        if (waiting != null) {
            WAITING.remove();
            Slice slice = waiting.close();
            if (slice != null) {
                slice.close();
            }
        }
    }

    private static String name(Observation.Context context) {
        String contextual = context.getContextualName();
        String name = contextual != null ? contextual : context.getName();
        return name != null ? name : "observation";
    }
}
