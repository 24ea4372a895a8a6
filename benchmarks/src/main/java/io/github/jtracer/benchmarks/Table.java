package io.github.jtracer.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table for the project's README: a row for each promise, a column for each JDK. */
final class Table {
    private final List<Jdk> jdks;
    private final Map<String, Map<Integer, String>> rows = new LinkedHashMap<>();
    private final Map<String, String> targets = new LinkedHashMap<>();

    Table(List<Jdk> jdks) {
        this.jdks = jdks;
    }

    /**
     * @param what was measured
     * @param target what it is to be
     */
    void put(String what, String target, Jdk jdk, String result) {
        targets.put(what, target);
        rows.computeIfAbsent(what, w -> new TreeMap<>()).put(jdk.feature(), result);
        System.err.println("JDK " + jdk.feature() + ": " + what + ": " + result);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| what | wanted |");
        StringBuilder line = new StringBuilder("|---|---|");
        for (Jdk jdk : jdks) {
            text.append(" JDK ").append(jdk.name()).append(" |");
            line.append("---|");
        }
        text.append('\n').append(line).append('\n');
        rows.forEach(
                (what, results) -> {
                    text.append("| ").append(what);
                    text.append(" | ").append(targets.get(what)).append(" |");
                    for (Jdk jdk : jdks) {
                        text.append(' ').append(results.getOrDefault(jdk.feature(), "-"));
                        text.append(" |");
                    }
                    text.append('\n');
                });
        return text.toString();
    }
}
