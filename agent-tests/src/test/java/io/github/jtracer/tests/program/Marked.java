package io.github.jtracer.tests.program;

/** Has a marked method, and a marked class. */
public final class Marked {
    private Marked() {}

    @Mark
    public static int answer() {
        return unmarked() + Whole.one() + Whole.two();
    }

    static int unmarked() {
        return Integer.bitCount(255);
    }

    @Mark
    static final class Whole {
        private Whole() {}

        static int one() {
            return Integer.bitCount(1);
        }

        static int two() {
            return Integer.bitCount(3);
        }
    }
}
