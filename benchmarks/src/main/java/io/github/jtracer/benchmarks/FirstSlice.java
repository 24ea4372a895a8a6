package io.github.jtracer.benchmarks;

import io.github.jtracer.trace.Silence;
import io.github.jtracer.trace.TraceInfo;
import java.util.Map;

/** Looks for the first event of a recording. */
final class FirstSlice extends Silence {
    private long nanos = Long.MAX_VALUE;

    /** Since the probes were in; the end if there was none. */
    long nanos() {
        return nanos;
    }

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        nanos = Math.min(nanos, Math.max(begin, 0));
    }

    @Override
    public void start(TraceInfo info) {
        nanos = info.durationNanos();
    }
}
