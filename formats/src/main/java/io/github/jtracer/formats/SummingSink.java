package io.github.jtracer.formats;

import io.github.jtracer.trace.TraceSink;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A sink that can also take slices in another order, if it is told what was inside of each: callees
 * before callers, the last call first. A file is read faster for it.
 */
interface SummingSink extends TraceSink {
    /** Whether that order will do. */
    boolean takesLastFirst();

    /**
     * A slice.
     *
     * @param own the name of one of the application's own; null if it is the method's
     * @param callers the names of so many callers, innermost first
     */
    void summed(
            int thread,
            int method,
            @Nullable String own,
            long begin,
            long duration,
            int depth,
            int flags,
            long self,
            long longestInside,
            IntFunction<List<String>> callers);

    /** The slices so far were of no use; they will be shown in order. */
    void forget();
}
