package io.github.jtracer.spring;

import io.github.jtracer.RecordingRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a request to start says: query parameters, or the fields of a JSON body. */
final class StartArguments {
    private static final List<String> KNOWN =
            List.of("seconds", "include", "exclude", "minDuration", "maxDepth", "file");

    private StartArguments() {}

    /**
     * Has everything in it but what a request does not decide.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    static RecordingRequest.Builder parse(Map<String, ?> arguments) {
        for (String name : arguments.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown parameter '" + name + "'; known are " + String.join(", ", KNOWN));
            }
        }
        return RecordingRequest.builder("endpoint")
                .duration(seconds(single(arguments, "seconds")))
                .include(patterns(arguments.get("include")))
                .exclude(patterns(arguments.get("exclude")))
                .minDuration(single(arguments, "minDuration"))
                .maxDepth(count(single(arguments, "maxDepth")))
                .file(single(arguments, "file"));
    }

    private static @Nullable Duration seconds(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            BigDecimal millis = new BigDecimal(value.strip()).movePointRight(3);
            return Duration.ofMillis(millis.longValueExact());
        } catch (NumberFormatException e) {
            throw bad("seconds", value, "a number of seconds such as 5 or 0.5");
        } catch (ArithmeticException e) {
            throw bad("seconds", value, "a number of seconds with at most three decimals");
        }
    }

    private static @Nullable Integer count(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            int count = Integer.parseInt(value.strip());
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // answered below, as a number out of range is
        }
        throw bad("maxDepth", value, "a whole number above 0");
    }

    /** Several values, or one with commas. */
    private static List<String> patterns(@Nullable Object value) {
        Stream<?> values =
                value instanceof Collection<?> several
                        ? several.stream()
                        : value instanceof Object[] array
                                ? Arrays.stream(array)
                                : Stream.ofNullable(value);
        return values.flatMap(each -> Arrays.stream(String.valueOf(each).split(",")))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    private static @Nullable String single(Map<String, ?> arguments, String name) {
        Object value = arguments.get(name);
        if (value instanceof Collection<?> || value instanceof Object[]) {
            throw bad(name, "given several times", "given once");
        }
        return value == null ? null : value.toString();
    }

    private static IllegalArgumentException bad(String name, String value, String allowed) {
        return new IllegalArgumentException(name + " is '" + value + "', but must be " + allowed);
    }
}
