package io.github.jtracer.benchmarks.target;

/** The workloads that are woven. */
final class WovenCalls implements Calls {
    private static final int FIBONACCI = 22;
    private static final int ROUNDS = 5000;
    private long sink;

    @Override
    public long recursion() {
        sink += fibonacci(FIBONACCI);
        // fibonacci(n) makes 2 * fibonacci(n + 1) - 1 calls
        return 57_313;
    }

    private static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Override
    public long chain() {
        for (int i = 0; i < ROUNDS; i++) {
            sink += first(i);
        }
        return 5L * ROUNDS;
    }

    private static long first(long x) {
        return second(x + 1) * 31;
    }

    private static long second(long x) {
        return third(x ^ 3) + 1;
    }

    private static long third(long x) {
        return fourth(x * 5) ^ 1;
    }

    private static long fourth(long x) {
        return fifth(x - 7) + 3;
    }

    private static long fifth(long x) {
        return x * x + 1;
    }
}
