package io.github.jtracer.benchmarks;

import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.util.List;
import java.util.Map;

/** Looks for the first event of a recording. */
final class FirstSlice implements TraceSink {
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

    @Override
    public void thread(ThreadTrack thread) {}

    @Override
    public void method(TracedMethod method, String label) {}

    @Override
    public void stack(int thread, List<StackTraceElement> frames) {}

    @Override
    public void ownSlice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {}

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {}

    @Override
    public void counter(int thread, String name, long time, double value) {}

    @Override
    public void end(Totals totals) {}
}
