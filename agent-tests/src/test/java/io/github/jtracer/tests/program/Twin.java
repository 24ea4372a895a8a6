package io.github.jtracer.tests.program;

/** Loaded by several loaders, or hidden. */
public final class Twin {
    private Twin() {}

    public static int answer() {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += i * i;
        }
        return sum;
    }
}
