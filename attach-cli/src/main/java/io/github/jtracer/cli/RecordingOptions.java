package io.github.jtracer.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to record, and how; only what was typed travels to the target. */
final class RecordingOptions {
    @Option(
            names = {"-t", "--seconds"},
            paramLabel = "SECONDS",
            converter = Quantity.Seconds.class,
            description =
                    "Record for so long, counted from when the probes are in. Without it: until"
                            + " Ctrl+C.")
    private @Nullable String seconds;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            converter = Quantity.Methods.class,
            description =
                    "Trace what matches: com.acme.** (package and below), com.acme.Order,"
                            + " com.acme.Order::total, @com.acme.Timed. Repeatable. '**' is"
                            + " everything but the JDK. Default: the application's own code.")
    private List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            converter = Quantity.Methods.class,
            description = "Leave alone what matches, included or not. Repeatable.")
    private List<String> exclude = List.of();

    @Option(
            names = "--min-duration",
            paramLabel = "TIME",
            converter = Quantity.Duration.class,
            description = "Forget calls shorter than this: 300ns, 10us, 1.5ms.")
    private @Nullable String minDuration;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            converter = Quantity.Depth.class,
            description = "Record no calls deeper than this.")
    private @Nullable String maxDepth;

    @Option(
            names = "--log-args",
            description = {
                "Record what methods are given: numbers, strings (80 characters), enum constants;",
                "of other objects the class and identity. They may be confidential."
            })
    private boolean logArgs;

    @Option(names = "--log-return", description = "Record what methods return, in the same way.")
    private boolean logReturn;

    @Option(names = "--trivial", description = "Trace getters, setters and other tiny methods too.")
    private boolean trivial;

    @Option(
            names = "--buffer",
            paramLabel = "SIZE",
            converter = Quantity.Bytes.class,
            description = "Memory for the recording in the target. Default: 64MB.")
    private @Nullable String buffer;

    @Option(
            names = "--buffer-full",
            paramLabel = "overwrite|stop",
            converter = Quantity.BufferFull.class,
            description =
                    "What to lose when it is full: the oldest calls (default), or the newest.")
    private @Nullable String bufferFull;

    @Option(
            names = "--clock",
            paramLabel = "auto|nano|tsc",
            converter = Quantity.Clock.class,
            description = "Where the time comes from. Default: auto.")
    private @Nullable String clock;

    /** For how long, in milliseconds; 0 if that was not said. */
    long millis() {
        return seconds == null
                ? 0
                : Math.max(1, new BigDecimal(seconds).movePointRight(3).longValue());
    }

    /**
     * For a target that decides itself what it records.
     *
     * @throws Problem if anything else than the time was typed: it would have no effect
     */
    void refuseAllButSeconds() {
        for (String field : fields().keySet()) {
            if (!field.equals("seconds")) {
                throw new Problem(
                        ExitCode.USAGE,
                        "With --attach-installed the target's own settings hold: '"
                                + field
                                + "' would have no effect.",
                        "Leave it out, or use `jtracer --attach`, with which your options come"
                                + " first.");
            }
        }
    }

    /** The fields of {@code Messages.START}. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "include", String.join("\n", include));
        put(fields, "exclude", String.join("\n", exclude));
        put(fields, "minDuration", minDuration);
        put(fields, "maxDepth", maxDepth);
        put(fields, "trivial", trivial ? "true" : null);
        put(fields, "logArgs", logArgs ? "true" : null);
        put(fields, "logReturn", logReturn ? "true" : null);
        put(fields, "buffer", buffer);
        put(fields, "bufferFull", bufferFull);
        put(fields, "clock", clock);
        put(fields, "seconds", seconds);
        return fields;
    }

    private static void put(Map<String, String> fields, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(key, value);
        }
    }
}
