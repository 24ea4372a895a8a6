package io.github.jtracer.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of a mark: a name, then keys and values, each after a U+0000.
 *
 * @param name may be empty
 * @param arguments in the order in which they were given
 */
record MarkText(String name, Map<String, String> arguments) {
    static MarkText parse(String text) {
        int end = text.indexOf(0);
        if (end < 0) {
            return new MarkText(text, Map.of());
        }
        String[] parts = text.substring(end + 1).split("\0", -1);
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            arguments.put(parts[i], i + 1 < parts.length ? parts[i + 1] : "");
        }
        return new MarkText(text.substring(0, end), arguments);
    }

    static Map<String, String> merge(Map<String, String> first, Map<String, String> second) {
        if (first.isEmpty()) {
            return second;
        }
        Map<String, String> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }
}
