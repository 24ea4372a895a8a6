package io.github.jtracer.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, by name, each as often as it was. */
final class Figures {
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();

    void add(String name, double value) {
        samples.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    void addAll(Figures others) {
        others.samples.forEach((name, values) -> values.forEach(value -> add(name, value)));
    }

    Spread of(String name) {
        List<Double> values = samples.get(name);
        if (values == null) {
            throw new IllegalStateException(
                    "nothing said '" + name + "'; known: " + samples.keySet());
        }
        return Spread.of(values);
    }

    boolean has(String name) {
        return samples.containsKey(name);
    }
}
