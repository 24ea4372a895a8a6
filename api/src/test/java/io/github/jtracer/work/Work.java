package io.github.jtracer.work;

import io.github.jtracer.JTracer;

/** Something to trace. */
public final class Work {
    private Work() {}

    public static long fibonacci(int n) {
        long result = n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
        JTracer.counter("last", result);
        return result;
    }
}
