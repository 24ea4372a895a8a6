package io.github.jtracer.trace;

import java.util.List;
import java.util.Map;

/** A sink that keeps nothing: for the totals of a trace. */
public class Silence implements TraceSink {
    @Override
    public void start(TraceInfo info) {}

    @Override
    public void thread(ThreadTrack thread) {}

    @Override
    public void method(TracedMethod method, String label) {}

    @Override
    public void stack(int thread, List<StackTraceElement> frames) {}

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {}

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
