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
 * @param format extension of a file that is not named, such as {@code jtr}, the recording as it is,
 *     of which every format can be made later; null: {@code json.gz}
 */
public record RecordingRequest(
        String startedBy,
        @Nullable Duration duration,
        List<String> include,
        List<String> exclude,
        @Nullable String minDuration,
        @Nullable Integer maxDepth,
        @Nullable String file,
        @Nullable String format) {

    public RecordingRequest {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** A recording as the settings say. */
    public static RecordingRequest of(String startedBy) {
        return builder(startedBy).build();
    }

    /** Builds what differs from the settings. */
    public static Builder builder(String startedBy) {
        return new Builder(startedBy);
    }

    /** Whether code asks, to which no time limit applies, and not a request or a signal. */
    boolean unlimited() {
        return startedBy.equals("api");
    }

    /** Builds a request; what is not named is as the settings say. */
    public static final class Builder {
        private final String startedBy;
        private @Nullable Duration duration;
        private List<String> include = List.of();
        private List<String> exclude = List.of();
        private @Nullable String minDuration;
        private @Nullable Integer maxDepth;
        private @Nullable String file;
        private @Nullable String format;

        private Builder(String startedBy) {
            this.startedBy = startedBy;
        }

        /** How long it lasts. */
        public Builder duration(@Nullable Duration duration) {
            this.duration = duration;
            return this;
        }

        /** Patterns of what to trace, in place of the settings'. */
        public Builder include(List<String> include) {
            this.include = include;
            return this;
        }

        /** Patterns of what not to trace, in addition to the settings'. */
        public Builder exclude(List<String> exclude) {
            this.exclude = exclude;
            return this;
        }

        /** A number and its unit, {@code ns}, {@code us}, {@code ms} or {@code s}. */
        public Builder minDuration(@Nullable String minDuration) {
            this.minDuration = minDuration;
            return this;
        }

        /** Calls nested deeper are left out. */
        public Builder maxDepth(@Nullable Integer maxDepth) {
            this.maxDepth = maxDepth;
            return this;
        }

        /** Name of the file within the directory. */
        public Builder file(@Nullable String file) {
            this.file = file;
            return this;
        }

        /** Extension of a file that is not named. */
        public Builder format(@Nullable String format) {
            this.format = format;
            return this;
        }

        /** The request; its values are checked when the recording starts. */
        public RecordingRequest build() {
            return new RecordingRequest(
                    startedBy, duration, include, exclude, minDuration, maxDepth, file, format);
        }
    }
}
