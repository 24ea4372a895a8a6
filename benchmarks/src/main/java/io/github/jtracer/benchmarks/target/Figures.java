package io.github.jtracer.benchmarks.target;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** What a target tells whoever started it: a line for each figure. */
final class Figures {
    /** What a figure's line begins with. */
    static final String PREFIX = "figure ";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Figures() {}

    static void say(String name, double value) {
        System.out.printf(Locale.ROOT, "%s%s %.6f%n", PREFIX, name, value);
    }

    /** Processor time of this thread: what other processes do to the machine is not in it. */
    static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
