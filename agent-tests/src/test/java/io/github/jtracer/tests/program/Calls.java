package io.github.jtracer.tests.program;

/** Calls that can be counted: each outer one makes three inner ones. */
public final class Calls {
    private Calls() {}

    public static int outer(int seed) {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += inner(seed + i);
        }
        return sum;
    }

    static int inner(int value) {
        return Integer.bitCount(value * 31 + 7);
    }

    /** Blocks in the middle, so that a virtual thread may go on elsewhere. */
    public static int moving(int seed, Pause pause) throws Exception {
        int before = inner(seed);
        pause.rest();
        return before + outer(seed) + nested(seed, pause);
    }

    static int nested(int seed, Pause pause) throws Exception {
        pause.rest();
        return inner(seed);
    }

    /** A way to give up the processor. */
    public interface Pause {
        void rest() throws Exception;
    }

    public static long spin(long nanos) {
        long end = System.nanoTime() + nanos;
        long turns = 0;
        while (System.nanoTime() < end) {
            turns++;
        }
        return turns;
    }

    public static int depth(int levels) {
        return levels == 0 ? 0 : 1 + depth(levels - 1);
    }

    /** Stays inside until it is let go. */
    public static void waiting(java.util.concurrent.Semaphore inside, Pause pause)
            throws Exception {
        inside.release();
        pause.rest();
    }
}
