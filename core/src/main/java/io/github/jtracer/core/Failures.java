package io.github.jtracer.core;

/**
 * What went wrong where nobody was there to be told. The target's streams are not ours, so it is
 * kept until somebody asks for the status.
 */
final class Failures {
    private static volatile String last = "";

    private Failures() {}

    static void last(String what) {
        last = what;
    }

    static void last(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        last = trace.length == 0 ? e.toString() : e + " at " + trace[0];
    }

    /** The last one, or an empty string. */
    static String last() {
        return last;
    }
}
