package io.github.jtracer.trace;

/**
 * A thread on the timeline, or a lane for slices that belong to none.
 *
 * @param index 0, 1, 2, ... in the order in which a trace names its threads
 * @param pid of the process that it belongs to
 * @param tid {@code Thread.threadId()}; of a lane a number that no thread has
 * @param name never empty
 * @param kind what it is
 * @param ended whether it had ended when the recording was written
 */
public record ThreadTrack(int index, long pid, long tid, String name, Kind kind, boolean ended) {
    /** What has a track of its own. */
    public enum Kind {
        PLATFORM,
        VIRTUAL,
        /** Asynchronous slices, which begin on one thread and end on another. */
        LANE
    }

    public boolean virtual() {
        return kind == Kind.VIRTUAL;
    }

    public boolean lane() {
        return kind == Kind.LANE;
    }
}
