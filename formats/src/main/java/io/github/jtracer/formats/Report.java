package io.github.jtracer.formats;

import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import java.util.List;

/**
 * What a trace was spent on. Times are in nanoseconds.
 *
 * @param methods by self time, longest first; all of them
 * @param slowest individual calls, longest first; a call of which a single call inside it takes
 *     nine tenths is not among them, that one is
 * @param threads by busy time, longest first
 * @param tree the calls inside the method that was asked for, or null
 * @param own slices that are no calls: the application's own, observations, transactions; among the
 *     methods each of their names stands as one
 */
public record Report(
        TraceInfo info,
        Totals totals,
        List<MethodTimes> methods,
        List<SlowCall> slowest,
        List<ThreadTime> threads,
        @org.jspecify.annotations.Nullable CallNode tree,
        OwnSlices own) {
    /**
     * Slices that are no calls.
     *
     * @param names how many different names they have
     */
    public record OwnSlices(long count, int names) {}

    /**
     * One method.
     *
     * @param self time not in traced calls inside it
     * @param total time from entry to exit, recursive calls counted once
     * @param count calls
     * @param mean of the calls' durations
     * @param p50 at most 3 % off, as p99
     */
    public record MethodTimes(
            String name,
            long self,
            long total,
            long count,
            long mean,
            long p50,
            long p99,
            long max) {}

    /**
     * One call.
     *
     * @param path callers, innermost first
     */
    public record SlowCall(
            String name, String thread, long begin, long duration, long self, List<String> path) {}

    /**
     * One thread, or all virtual threads of a process together, or a lane of asynchronous slices,
     * which is 0 threads.
     *
     * @param busy time inside traced calls
     */
    public record ThreadTime(String name, long tid, long busy, long calls, long threads) {}
}
