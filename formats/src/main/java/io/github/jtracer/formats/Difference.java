package io.github.jtracer.formats;

import io.github.jtracer.formats.Report.MethodTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a method costs in one trace and in another.
 *
 * @param selfBefore self time in the first trace, in nanoseconds
 * @param countBefore calls in the first trace
 */
public record Difference(
        String name,
        long selfBefore,
        long selfAfter,
        long countBefore,
        long countAfter,
        long meanBefore,
        long meanAfter) {
    /** What the second trace pays more for it, in nanoseconds of self time. */
    public long cost() {
        return selfAfter - selfBefore;
    }

    /** All methods of either report; what costs more comes first, what costs less last. */
    public static List<Difference> between(Report before, Report after) {
        MethodTimes none = new MethodTimes("", 0, 0, 0, 0, 0, 0, 0);
        Map<String, MethodTimes> old = new LinkedHashMap<>();
        before.methods().forEach(m -> old.put(m.name(), m));
        List<Difference> all = new ArrayList<>();
        for (MethodTimes m : after.methods()) {
            MethodTimes known = old.remove(m.name());
            all.add(of(m.name(), known == null ? none : known, m));
        }
        old.values().forEach(m -> all.add(of(m.name(), m, none)));
        all.sort(Comparator.comparingLong(Difference::cost).reversed());
        return all;
    }

    /** As a table for a terminal: the most expensive changes, and the largest gains. */
    public static String text(List<Difference> differences, int top) {
        StringBuilder out = new StringBuilder();
        String row = "%12s %12s %12s %12s %12s  %s%n";
        out.append(
                String.format(
                        Locale.ROOT,
                        row,
                        "costs more",
                        "self before",
                        "self after",
                        "calls",
                        "mean",
                        "method"));
        List<Difference> changed = differences.stream().filter(d -> d.cost() != 0).toList();
        List<Difference> shown = new ArrayList<>(changed);
        if (changed.size() > 2 * top) {
            shown = new ArrayList<>(changed.subList(0, top));
            shown.addAll(changed.subList(changed.size() - top, changed.size()));
        }
        for (Difference d : shown) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            row,
                            (d.cost() > 0 ? "+" : "") + Durations.text(d.cost()),
                            Durations.text(d.selfBefore()),
                            Durations.text(d.selfAfter()),
                            String.format(Locale.ROOT, "%+,d", d.countAfter() - d.countBefore()),
                            ratio(d),
                            Printable.line(d.name())));
        }
        return out.toString();
    }

    private static String ratio(Difference d) {
        if (d.countBefore() == 0) {
            return "new";
        }
        if (d.countAfter() == 0) {
            return "gone";
        }
        double ratio = (double) d.meanAfter() / Math.max(1, d.meanBefore());
        return String.format(Locale.ROOT, "x %.2f", ratio);
    }

    private static Difference of(String name, MethodTimes before, MethodTimes after) {
        return new Difference(
                name,
                before.self(),
                after.self(),
                before.count(),
                after.count(),
                before.mean(),
                after.mean());
    }
}
