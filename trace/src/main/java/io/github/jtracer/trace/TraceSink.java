package io.github.jtracer.trace;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where a trace goes: every writer and every report is one, every reader feeds one.
 *
 * <p>Order: {@link #start}; then everything else in the order in which it is known; then {@link
 * #end}. A thread and a method are declared before they are first used. A slice comes when it ends,
 * so that a thread's children come before their parents. Times are in nanoseconds since the start.
 */
public interface TraceSink {
    /** The trace begins. */
    void start(TraceInfo info) throws IOException;

    /** A thread that the following may refer to by its index. */
    void thread(ThreadTrack thread) throws IOException;

    /**
     * A method that the following may refer to by its id.
     *
     * @param label what to call it: {@code package.Class.method}, with its parameter types where
     *     the class has several of that name
     */
    void method(TracedMethod method, String label) throws IOException;

    /** What a thread was inside when the recording started, innermost first. */
    void stack(int thread, List<StackTraceElement> frames) throws IOException;

    /**
     * A call.
     *
     * @param depth how many slices of the thread enclose it as far as was known when it began;
     *     negative if its begin is unknown
     * @param flags of {@link SliceFlags}
     * @param arguments what was recorded of its arguments; mostly empty
     */
    void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments)
            throws IOException;

    /** A slice of the application's own. */
    void ownSlice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments)
            throws IOException;

    /** Something happened. */
    void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException;

    /** A counter has a new value. */
    void counter(int thread, String name, long time, double value) throws IOException;

    /** The trace is complete. */
    void end(Totals totals) throws IOException;
}
