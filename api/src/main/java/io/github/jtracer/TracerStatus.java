package io.github.jtracer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tracer is doing, and what it has done. What is not known is null.
 *
 * @param state {@code installed}, {@code weaving}, {@code recording}, {@code saving}, {@code kept}
 *     (a recording waits to be saved; a stop saves it), {@code uninstalled} (until the next start)
 *     or {@code unavailable}
 * @param reason why it is unavailable, and what to do
 * @param agentLoaded whether the agent is in this JVM; it is loaded on the first start
 * @param signal the signal that starts and stops, or {@code none}
 * @param directory where files are written
 * @param recording the running or kept recording
 * @param weaving what was woven last
 * @param buffer how full the buffer is
 * @param files the finished traces, newest first
 * @param agent everything that the agent tells about itself, in its own words
 */
public record TracerStatus(
        String state,
        @Nullable String reason,
        boolean agentLoaded,
        String signal,
        String directory,
        @Nullable Recording recording,
        @Nullable Weaving weaving,
        @Nullable Buffer buffer,
        List<TraceFile> files,
        java.util.Map<String, String> agent) {

    /** Whose recording, since when, and how much is in it. */
    public record Recording(
            @Nullable String startedBy,
            @Nullable String since,
            @Nullable String until,
            @Nullable String file,
            @Nullable String options,
            @Nullable Long events,
            @Nullable Long lost) {}

    /** What was woven, and what that cost. */
    public record Weaving(
            @Nullable Long classes,
            @Nullable Long methods,
            @Nullable Double millis,
            @Nullable Double pauseMillis) {}

    /** The buffer's size and what is in use of it, in bytes. */
    public record Buffer(@Nullable Long bytes, @Nullable Long used) {}
}
