package io.github.jtracer.cli;

/**
 * A stop of the world that takes half a minute: one thread is in a loop without a safepoint, and
 * all others wait for it. Needs C2 and {@code -XX:-UseCountedLoopSafepoints}.
 */
final class Freeze {
    private static final int WARM_UP = 50_000;

    private static volatile long result;

    private Freeze() {}

    static String begin() {
        for (int i = 0; i < WARM_UP; i++) {
            result = count(100);
        }
        new Thread(() -> result = count(Integer.MAX_VALUE), "counter").start();
        new Thread(Freeze::collect, "collector").start();
        return "freezing";
    }

    private static void collect() {
        try {
            // The counter has begun then, and its answer has been printed.
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.gc();
    }

    private static long count(int to) {
        long sum = to;
        for (int i = 1; i < to; i++) {
            sum += sum % i + (sum + i) % (i + 7);
        }
        return sum;
    }
}
