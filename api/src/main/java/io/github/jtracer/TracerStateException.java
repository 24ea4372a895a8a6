package io.github.jtracer;

/** What was asked does not go with what the tracer is doing; the message says what that is. */
public final class TracerStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TracerStateException(String message) {
        super(message);
    }
}
