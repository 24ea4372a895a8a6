package io.github.jtracer.tests.program;

import java.math.BigDecimal;
import java.time.Duration;

/** Is given something of every kind. */
public final class Given {
    private final long seed;

    private Given(long seed) {
        this.seed = seed;
    }

    enum Colour {
        RED
    }

    /** Must not be asked what it looks like. */
    static final class Secret {
        @Override
        public String toString() {
            throw new IllegalStateException("asked");
        }
    }

    public static String answer() {
        Given given = new Given(3);
        double sum =
                given.primitives(true, (byte) 1, (short) 2, 'c', 4, 5L, 6.5f, 7.5)
                        + wide(1L, 2.0, 3L);
        String text = given.objects("text", null, Colour.RED, new int[3], new Secret());
        times(new BigDecimal("9.50"), Duration.ofSeconds(2), "y".repeat(100));
        return sum + text + thrower("x");
    }

    double primitives(boolean z, byte b, short s, char c, int i, long j, float f, double d) {
        return z ? b + s + c + i + j + f + d + seed : 0;
    }

    static int times(BigDecimal price, Duration time, String long100) {
        return price.scale() + time.getNano() + long100.length();
    }

    static long wide(long first, double second, long third) {
        return first + (long) second + third;
    }

    String objects(String text, Object none, Colour colour, int[] numbers, Secret secret) {
        return text + none + colour + numbers.length + (secret == null);
    }

    static Object thrower(String name) {
        try {
            return failing(name);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private static int failing(String name) {
        throw new IllegalStateException(name);
    }
}
