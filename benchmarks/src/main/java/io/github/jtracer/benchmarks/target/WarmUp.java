package io.github.jtracer.benchmarks.target;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Runs something until the JIT compilers have nothing left to do about it. */
final class WarmUp {
    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();
    private static final long SLICE_NANOS = 250_000_000;
    private static final int QUIET_SLICES = 4;
    private static final long QUIET_MILLIS = 10;

    private WarmUp() {}

    /** What is run again and again. */
    interface Work {
        void run() throws Exception;
    }

    /** Returns when the compilers have been quiet for a second, or the limit is over. */
    static void until(long limitMillis, Work work) throws Exception {
        long begin = System.nanoTime();
        int quiet = 0;
        while (quiet < QUIET_SLICES && System.nanoTime() - begin < limitMillis * 1_000_000) {
            long compiled = JIT.getTotalCompilationTime();
            long slice = System.nanoTime();
            while (System.nanoTime() - slice < SLICE_NANOS) {
                work.run();
            }
            quiet = JIT.getTotalCompilationTime() - compiled < QUIET_MILLIS ? quiet + 1 : 0;
        }
    }
}
