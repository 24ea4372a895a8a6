package io.github.jtracer.trace;

import java.io.IOException;

/** A recording or trace that cannot be read: one line of what is wrong and what to do about it. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what is wrong, without a full stop
     * @param action what to do, without a full stop
     */
    public RecordingException(String what, String action) {
        super(what + ". " + action + ".");
    }

    static RecordingException damaged(String what) {
        return new RecordingException(
                "The recording is damaged: " + what,
                "What precedes the damage can be read with --salvage");
    }
}
