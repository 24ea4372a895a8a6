package io.github.jtracer.tests.program;

/** Not loaded before a recording runs. */
public final class Later {
    private static final int BASE = Calls.depth(2);

    private Later() {}

    public static int answer() {
        return BASE + Calls.depth(1);
    }
}
