package io.github.jtracer.trace;

/**
 * A thread on the timeline.
 *
 * @param index 0, 1, 2, ... in the order in which a trace names its threads
 * @param pid of the process that it belongs to
 * @param tid {@code Thread.threadId()}
 * @param name never empty
 * @param virtual whether it is a virtual thread
 * @param ended whether it had ended when the recording was written
 */
public record ThreadTrack(
        int index, long pid, long tid, String name, boolean virtual, boolean ended) {}
