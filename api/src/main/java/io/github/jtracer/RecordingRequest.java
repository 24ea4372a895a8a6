package io.github.jtracer;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one recording is asked to be; what is null or empty is as the settings say.
 *
 * @param startedBy who asks, as the status will tell it: {@code api}, {@code endpoint}, {@code
 *     signal}
 * @param duration how long; null: until it is stopped, or for the settings' time limit
 * @param include patterns of what to trace, such as {@code com.acme.**}
 * @param exclude patterns of what not to trace
 * @param minDuration shorter calls are left out
 * @param maxDepth calls nested deeper are left out
 * @param file name of the file within the directory
 */
public record RecordingRequest(
        String startedBy,
        @Nullable Duration duration,
        List<String> include,
        List<String> exclude,
        @Nullable String minDuration,
        @Nullable Integer maxDepth,
        @Nullable String file) {

    public RecordingRequest {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** A recording as the settings say. */
    public static RecordingRequest of(String startedBy) {
        return new RecordingRequest(startedBy, null, List.of(), List.of(), null, null, null);
    }

    public RecordingRequest withDuration(@Nullable Duration duration) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    public RecordingRequest withInclude(List<String> include) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    public RecordingRequest withExclude(List<String> exclude) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    /** A number and its unit, {@code ns}, {@code us}, {@code ms} or {@code s}. */
    public RecordingRequest withMinDuration(@Nullable String minDuration) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    public RecordingRequest withMaxDepth(@Nullable Integer maxDepth) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    public RecordingRequest withFile(@Nullable String file) {
        return new RecordingRequest(
                startedBy, duration, include, exclude, minDuration, maxDepth, file);
    }

    /** Whether code asks, to which no time limit applies, and not a request or a signal. */
    boolean unlimited() {
        return startedBy.equals("api");
    }
}
