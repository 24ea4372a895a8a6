package io.github.jtracer.tests.program;

/** Has a method that no other class has, and is not used. */
public final class Rare {
    private Rare() {}

    public static int rare() {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += i;
        }
        return sum;
    }
}
