package io.github.jtracer.trace.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations, sizes and counts as people write them: {@code 10us}, {@code 64MB}, {@code 5}.
 *
 * <p>The command reads them, so that it refuses what is wrong before it touches a target; and the
 * agent does, to which they travel as they were typed.
 */
public final class Quantities {
    private static final long MIN_BUFFER_BYTES = 64 << 10;
    private static final long MAX_BUFFER_BYTES = 64L << 30;

    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z\u00b5\u03bc]*)");

    private Quantities() {}

    /** A duration with its unit, {@code ns us ms s}; without one, microseconds. */
    public static long nanos(String key, String value) {
        Matcher matcher = matcher(key, value, "a duration such as '10us', '1.5ms' or '500ns'");
        double factor =
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "ns" -> 1;
                    case "", "us", "\u00b5s", "\u03bcs" -> 1e3;
                    case "ms" -> 1e6;
                    case "s" -> 1e9;
                    default -> throw bad(key, value, "a duration in ns, us, ms or s");
                };
        return Math.round(Double.parseDouble(matcher.group(1)) * factor);
    }

    /** Seconds, with a fraction; the answer is in nanoseconds. */
    public static long seconds(String key, String value, double max) {
        Matcher matcher = matcher(key, value, "seconds such as '5' or '0.5'");
        double seconds = Double.parseDouble(matcher.group(1));
        if (!matcher.group(2).isEmpty() && !matcher.group(2).equals("s") || seconds > max) {
            throw bad(key, value, "seconds such as '5' or '0.5'");
        }
        return Math.round(seconds * 1e9);
    }

    /** The size of a buffer. */
    public static long buffer(String key, String value) {
        Matcher matcher = matcher(key, value, "a size such as '64MB'");
        double factor =
                switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
                    case "", "B" -> 1;
                    case "K", "KB" -> 1 << 10;
                    case "M", "MB" -> 1 << 20;
                    case "G", "GB" -> 1 << 30;
                    default -> throw bad(key, value, "a size in KB, MB or GB");
                };
        double bytes = Double.parseDouble(matcher.group(1)) * factor;
        if (bytes < MIN_BUFFER_BYTES || bytes > MAX_BUFFER_BYTES) {
            throw bad(key, value, "between 64KB and 64GB");
        }
        return (long) bytes;
    }

    public static int count(String key, String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw bad(key, value, "a whole number, 0 or more");
    }

    public static boolean bool(String key, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, value, "'true' or 'false'");
        };
    }

    private static Matcher matcher(String key, String value, String allowed) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (!matcher.matches()) {
            throw bad(key, value, allowed);
        }
        return matcher;
    }

    public static IllegalArgumentException bad(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " is '" + value + "', but must be " + allowed);
    }
}
