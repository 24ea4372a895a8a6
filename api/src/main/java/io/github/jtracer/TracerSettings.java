package io.github.jtracer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What all recordings of an installed tracer have in common.
 *
 * <pre>{@code
 * JTracer.install(TracerSettings.builder().include(List.of("com.acme.**")).keepFiles(3).build());
 * }</pre>
 *
 * @param signal {@code USR1}, another signal's name, or {@code none}
 * @param directory where files are written, and nowhere else
 * @param include patterns of what to trace; empty: the application's own code
 * @param exclude patterns of what not to trace
 * @param minDuration shorter calls are left out; zero: none
 * @param maxDepth calls nested deeper are left out; 0: none
 * @param bufferBytes size of the buffer; 0: the agent's default
 * @param timeLimit how long a recording lasts at most that a request or a signal started; zero: no
 *     limit
 * @param keepFiles how many files are kept; the oldest go first; 0: all
 */
public record TracerSettings(
        String signal,
        Path directory,
        List<String> include,
        List<String> exclude,
        Duration minDuration,
        int maxDepth,
        long bufferBytes,
        Duration timeLimit,
        int keepFiles) {

    private static final long MIN_BUFFER = 64L << 10;
    private static final long MAX_BUFFER = 64L << 30;

    /**
     * @throws IllegalArgumentException if a number or a duration is negative, or the buffer too
     *     small or too large
     */
    public TracerSettings {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        requireNotNegative("min-duration", minDuration, minDuration.isNegative());
        requireNotNegative("max-depth", maxDepth, maxDepth < 0);
        if (bufferBytes != 0 && (bufferBytes < MIN_BUFFER || bufferBytes > MAX_BUFFER)) {
            throw new IllegalArgumentException(
                    "buffer is '"
                            + bufferBytes
                            + "' bytes, but must be 0 or between 64KB and 64GB");
        }
        requireNotNegative("time-limit", timeLimit, timeLimit.isNegative());
        requireNotNegative("keep-files", keepFiles, keepFiles < 0);
    }

    /** What a {@link #builder()} builds that is told nothing. */
    public static TracerSettings defaults() {
        return builder().build();
    }

    /**
     * A builder that begins with SIGUSR1, a folder of its own below the temporary folder, the
     * application's own code, 60 seconds and 10 files.
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireNotNegative(String name, Object value, boolean negative) {
        if (negative) {
            throw new IllegalArgumentException(
                    name + " is '" + value + "', but must not be negative");
        }
    }

    /** Builds settings; what is not named is as {@link TracerSettings#builder()} says. */
    public static final class Builder {
        private String signal = "USR1";
        private Path directory = DefaultDirectory.ofThisJvm();
        private List<String> include = List.of();
        private List<String> exclude = List.of();
        private Duration minDuration = Duration.ZERO;
        private int maxDepth;
        private long bufferBytes;
        private Duration timeLimit = Duration.ofSeconds(60);
        private int keepFiles = 10;

        private Builder() {}

        /** {@code USR1}, another signal's name, or {@code none}. */
        public Builder signal(String signal) {
            this.signal = signal;
            return this;
        }

        /** Where files are written, and nowhere else; it is created when it is needed. */
        public Builder directory(Path directory) {
            this.directory = directory;
            return this;
        }

        /** Patterns of what to trace, such as {@code com.acme.**}; none: the application's own. */
        public Builder include(List<String> include) {
            this.include = include;
            return this;
        }

        /** Patterns of what not to trace. */
        public Builder exclude(List<String> exclude) {
            this.exclude = exclude;
            return this;
        }

        /** Shorter calls are left out; zero: none. */
        public Builder minDuration(Duration minDuration) {
            this.minDuration = minDuration;
            return this;
        }

        /** Calls nested deeper are left out; 0: none. */
        public Builder maxDepth(int maxDepth) {
            this.maxDepth = maxDepth;
            return this;
        }

        /** Size of the buffer, outside of the Java heap; 0: the agent's default. */
        public Builder bufferBytes(long bufferBytes) {
            this.bufferBytes = bufferBytes;
            return this;
        }

        /**
         * How long a recording lasts at most that a request or a signal started; zero: for ever.
         */
        public Builder timeLimit(Duration timeLimit) {
            this.timeLimit = timeLimit;
            return this;
        }

        /** How many files are kept; the oldest go first; 0: all. */
        public Builder keepFiles(int keepFiles) {
            this.keepFiles = keepFiles;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if a number or a duration is negative
         */
        public TracerSettings build() {
            return new TracerSettings(
                    signal,
                    directory,
                    include,
                    exclude,
                    minDuration,
                    maxDepth,
                    bufferBytes,
                    timeLimit,
                    keepFiles);
        }
    }
}
