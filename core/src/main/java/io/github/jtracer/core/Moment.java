package io.github.jtracer.core;

import io.github.jtracer.probe.Clock;
import java.time.Instant;

/**
 * The same moment on three clocks.
 *
 * @param ticks of the recording's clock
 * @param nanos of {@code System.nanoTime()}
 * @param epochNanos wall clock, since 1970-01-01T00:00Z
 */
record Moment(long ticks, long nanos, long epochNanos) {
    static final Moment NONE = new Moment(0, 0, 0);
    private static final int TRIES = 16;

    /** Reads them one after the other, several times, and keeps the reading that took the least. */
    static Moment now(Clock clock) {
        Moment best = NONE;
        long bestWidth = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            long ticks = clock.now();
            long after = System.nanoTime();
            if (after - before < bestWidth) {
                bestWidth = after - before;
                Instant wall = Instant.now();
                long epoch = wall.getEpochSecond() * 1_000_000_000 + wall.getNano();
                best = new Moment(ticks, before + (after - before) / 2, epoch);
            }
        }
        return best;
    }
}
