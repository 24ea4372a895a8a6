package io.github.jtracer;

/** Something to trace. */
final class Work {
    private Work() {}

    static long fibonacci(int n) {
        long result = n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
        JTracer.counter("last", result);
        return result;
    }
}
