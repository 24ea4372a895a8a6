package io.github.jtracer;

import org.jspecify.annotations.Nullable;

/** A recording has ended and its file could not be written; the message says why. */
public final class TraceNotSavedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceNotSavedException(@Nullable String reason) {
        super("the recording could not be saved: " + reason);
    }
}
