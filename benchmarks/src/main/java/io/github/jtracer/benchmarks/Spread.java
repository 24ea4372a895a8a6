package io.github.jtracer.benchmarks;

import java.util.List;
import java.util.Locale;

/** The median of several measurements, with the least and the most. */
record Spread(double median, double least, double most) {
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    Spread times(double factor) {
        return new Spread(median * factor, least * factor, most * factor);
    }

    /** {@code 1.02 (0.99 to 1.07)}, with that many decimals. */
    String show(int decimals) {
        String one = "%." + decimals + "f";
        return String.format(
                Locale.ROOT, one + " (" + one + " to " + one + ")", median, least, most);
    }

    /** As {@link #show}, followed by what it is of. */
    String show(int decimals, String unit) {
        return show(decimals) + " " + unit;
    }
}
