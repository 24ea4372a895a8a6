package io.github.jtracer.probe;

/** Where a recording's times come from. */
public enum Clock {
    /** {@code System.nanoTime()}: a tick is a nanosecond. */
    NANO,

    /** The processor's time-stamp counter, see {@link TimeStampCounter}. */
    TSC;

    public long now() {
        return this == TSC ? TimeStampCounter.read() : System.nanoTime();
    }
}
