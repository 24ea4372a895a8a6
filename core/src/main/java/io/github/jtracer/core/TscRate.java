package io.github.jtracer.core;

import io.github.jtracer.probe.Clock;

/**
 * Roughly how fast the time-stamp counter counts; for bounds only, times are calibrated exactly.
 */
final class TscRate {
    private static final long WINDOW_NANOS = 2_000_000;

    private TscRate() {}

    static double ticksPerNano() {
        Moment from = Moment.now(Clock.TSC);
        while (System.nanoTime() - from.nanos() < WINDOW_NANOS) {
            Thread.onSpinWait();
        }
        Moment to = Moment.now(Clock.TSC);
        return (double) (to.ticks() - from.ticks()) / (to.nanos() - from.nanos());
    }
}
