package io.github.jtracer.core;

import io.github.jtracer.core.filter.Pattern;
import io.github.jtracer.trace.wire.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a recording is asked to be.
 *
 * @param include patterns of what to weave; empty: the application's own code
 * @param exclude patterns of what not to weave; they win
 * @param minDurationNanos shorter calls are left out; 0: none
 * @param maxDepth calls nested deeper are left out; 0: no limit
 * @param trivial whether methods too small to matter are woven too
 * @param logArgs whether what methods are given is recorded
 * @param logReturn whether what they return is
 * @param bufferBytes size of the buffer
 * @param overwrite whether a full buffer gives up its oldest events
 * @param clock which clock was asked for
 * @param nanos how long; 0: until it is stopped
 * @param file where to write it when it stops by itself or over the MXBean, {@code %p} stands for
 *     this process's id; empty: nowhere, it is kept
 * @param recoverable whether what was recorded can be recovered if the process is killed; needs a
 *     file, beside which the buffer then is
 * @param startedBy who asked
 */
public record Settings(
        List<Pattern> include,
        List<Pattern> exclude,
        long minDurationNanos,
        int maxDepth,
        boolean trivial,
        boolean logArgs,
        boolean logReturn,
        long bufferBytes,
        boolean overwrite,
        ClockChoice clock,
        long nanos,
        String file,
        boolean recoverable,
        String startedBy) {

    /** What {@code clock=} may say. */
    public enum ClockChoice {
        AUTO,
        NANO,
        TSC
    }

    private static final double MAX_SECONDS = 1e9;

    public static final Settings DEFAULTS =
            new Settings(
                    List.of(),
                    List.of(),
                    0,
                    0,
                    false,
                    false,
                    false,
                    64L << 20,
                    true,
                    ClockChoice.AUTO,
                    0,
                    "",
                    false,
                    "unknown");

    /** Keys that are not about the recording but about how the agent was loaded. */
    private static final List<String> OTHER_KEYS = List.of("connect", "install", "soon", "start");

    /**
     * These settings with what the arguments say instead.
     *
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public Settings with(Arguments arguments) {
        Settings changed = this;
        for (Map.Entry<String, List<String>> entry : arguments.values().entrySet()) {
            changed = changed.with(entry.getKey(), entry.getValue());
        }
        return changed;
    }

    private Settings with(String key, List<String> all) {
        if (OTHER_KEYS.contains(key)) {
            return this;
        }
        String value = all.get(all.size() - 1);
        return new Settings(
                key.equals("include") ? patterns(all) : include,
                key.equals("exclude") ? patterns(all) : exclude,
                key.equals("minDuration") ? Quantities.nanos(key, value) : minDurationNanos,
                key.equals("maxDepth") ? Quantities.count(key, value) : maxDepth,
                key.equals("trivial") ? Quantities.bool(key, value) : trivial,
                key.equals("logArgs") ? Quantities.bool(key, value) : logArgs,
                key.equals("logReturn") ? Quantities.bool(key, value) : logReturn,
                key.equals("buffer") ? Quantities.buffer(key, value) : bufferBytes,
                key.equals("bufferFull") ? overwrite(value) : overwrite,
                key.equals("clock") ? clock(value) : clock,
                key.equals("seconds") ? Quantities.seconds(key, value, MAX_SECONDS) : nanos,
                key.equals("file") ? value.replace("%p", String.valueOf(ThisJvm.pid())) : file,
                key.equals("recoverable") ? Quantities.bool(key, value) : recoverable,
                known(key) && key.equals("startedBy") ? value : startedBy);
    }

    private static boolean known(String key) {
        return switch (key) {
            case "include",
                    "exclude",
                    "minDuration",
                    "maxDepth",
                    "trivial",
                    "logArgs",
                    "logReturn",
                    "buffer",
                    "bufferFull",
                    "clock",
                    "seconds",
                    "file",
                    "recoverable",
                    "startedBy" ->
                    true;
            default ->
                    throw new IllegalArgumentException(
                            "unknown option '"
                                    + key
                                    + "'; known are include, exclude, minDuration, maxDepth, trivial,"
                                    + " logArgs, logReturn, buffer, bufferFull, clock, seconds, file, recoverable,"
                                    + " startedBy");
        };
    }

    private static List<Pattern> patterns(List<String> texts) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            patterns.add(Pattern.parse(text));
        }
        return List.copyOf(patterns);
    }

    private static boolean overwrite(String value) {
        return switch (value) {
            case "overwrite" -> true;
            case "stop" -> false;
            default -> throw Quantities.bad("bufferFull", value, "'overwrite' or 'stop'");
        };
    }

    private static ClockChoice clock(String value) {
        return switch (value) {
            case "auto" -> ClockChoice.AUTO;
            case "nano" -> ClockChoice.NANO;
            case "tsc" -> ClockChoice.TSC;
            default -> throw Quantities.bad("clock", value, "'auto', 'nano' or 'tsc'");
        };
    }

    /** Everything that is not the default, as a person could have typed it. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        include.forEach(pattern -> parts.add("include=" + pattern.text()));
        exclude.forEach(pattern -> parts.add("exclude=" + pattern.text()));
        add(parts, minDurationNanos != 0, "minDuration=" + minDurationNanos + "ns");
        add(parts, maxDepth != 0, "maxDepth=" + maxDepth);
        add(parts, trivial, "trivial=true");
        add(parts, logArgs, "logArgs=true");
        add(parts, logReturn, "logReturn=true");
        add(parts, bufferBytes != DEFAULTS.bufferBytes, "buffer=" + bufferBytes);
        add(parts, !overwrite, "bufferFull=stop");
        add(parts, clock != ClockChoice.AUTO, "clock=" + clock.name().toLowerCase(Locale.ROOT));
        add(parts, nanos != 0, "seconds=" + nanos / 1e9);
        return String.join(",", parts);
    }

    private static void add(List<String> parts, boolean given, String part) {
        if (given) {
            parts.add(part);
        }
    }
}
