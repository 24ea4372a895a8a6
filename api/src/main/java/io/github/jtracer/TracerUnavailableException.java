package io.github.jtracer;

/** The agent cannot be loaded into this JVM; the message says why, and what to do. */
public final class TracerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TracerUnavailableException(String message) {
        super(message);
    }
}
