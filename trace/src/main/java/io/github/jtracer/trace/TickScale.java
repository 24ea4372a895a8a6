package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.util.Map;

/**
 * Turns ticks of a recording's clock into nanoseconds since its start: on the straight line through
 * the two moments at which both clocks were read.
 */
final class TickScale {
    private final long startTicks;
    private final double nanosPerTick;
    private final boolean exact;
    private final long durationNanos;

    TickScale(Map<String, String> header) throws RecordingException {
        startTicks = number(header, RecordingFormat.HEADER_START_TICKS);
        long ticks = number(header, RecordingFormat.HEADER_STOP_TICKS) - startTicks;
        durationNanos =
                number(header, RecordingFormat.HEADER_STOP_NANOS)
                        - number(header, RecordingFormat.HEADER_START_NANOS);
        if (ticks < 0 || durationNanos < 0) {
            throw RecordingException.damaged("it stops before it starts");
        }
        exact = ticks == durationNanos || ticks == 0;
        nanosPerTick = exact ? 1 : (double) durationNanos / ticks;
    }

    long durationNanos() {
        return durationNanos;
    }

    /** Never negative: what a clock read just before the start says counts as the start. */
    long nanos(long ticks) {
        long since = ticks - startTicks;
        return Math.max(0, exact ? since : (long) (since * nanosPerTick));
    }

    /** The full ticks of a word, given those of its chunk, from which it is never far. */
    static long ticks(long word, long baseTicks) {
        long distance = (word >>> EventWord.TIME_SHIFT) - baseTicks;
        return baseTicks + (distance << EventWord.TIME_SHIFT >> EventWord.TIME_SHIFT);
    }

    private static long number(Map<String, String> header, String key) throws RecordingException {
        try {
            return Long.parseLong(header.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw RecordingException.damaged("its header has no " + key);
        }
    }
}
