package io.github.jtracer.formats;

import java.util.Locale;

/** Renders nanoseconds for people: four digits and a unit. */
final class Durations {
    static String text(long nanos) {
        long size = Math.abs(nanos);
        if (size < 1_000) {
            return nanos + " ns";
        }
        if (size < 1_000_000) {
            return scaled(nanos / 1e3) + " us";
        }
        return size < 1_000_000_000 ? scaled(nanos / 1e6) + " ms" : scaled(nanos / 1e9) + " s";
    }

    private static String scaled(double value) {
        int decimals = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private Durations() {}
}
