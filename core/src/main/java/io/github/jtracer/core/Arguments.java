package io.github.jtracer.core;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Agent arguments: {@code key=value} separated by commas. A key may be repeated; a key alone means
 * {@code true}; {@code %2C} and the like are unescaped.
 */
public final class Arguments {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Arguments() {}

    public static Arguments parse(String text) {
        Arguments arguments = new Arguments();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                String key = equals < 0 ? part : part.substring(0, equals);
                arguments.add(
                        key.strip(), equals < 0 ? "true" : unescape(part.substring(equals + 1)));
            }
        }
        return arguments;
    }

    /** From a message's fields, where several values of one key stand on lines of their own. */
    public static Arguments of(Map<String, String> fields) {
        Arguments arguments = new Arguments();
        fields.forEach((key, value) -> value.lines().forEach(line -> arguments.add(key, line)));
        return arguments;
    }

    private void add(String key, String value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private static String unescape(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + value + "' has a % that is no escape; write %25");
        }
    }

    public Map<String, List<String>> values() {
        return values;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The last value given, or {@code otherwise}. */
    public String get(String key, String otherwise) {
        List<String> all = values.get(key);
        return all == null ? otherwise : all.get(all.size() - 1);
    }
}
