package io.github.jtracer.core;

/** Who asked for a recording, and deals with it when it has stopped. */
interface RecordingOwner {
    /**
     * The recording has stopped and no class has probes any more. Its buffer is freed when this
     * returns. Must not throw.
     */
    void stopped(LiveRecording recording);

    /** How long the JVM's end may wait for {@link #stopped}, in milliseconds. */
    long exitMillis();
}
