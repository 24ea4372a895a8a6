package io.github.jtracer.core.own;

/**
 * What went wrong where nobody was there to be told. The target's streams are not ours, so it is
 * kept until somebody asks for the status.
 */
public final class Failures {
    private static volatile String last = "";

    private Failures() {}

    public static void last(String what) {
        last = what;
    }

    public static void last(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        last = trace.length == 0 ? e.toString() : e + " at " + trace[0];
    }

    /** The last one, or an empty string. */
    public static String last() {
        return last;
    }
}
