package io.github.jtracer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What all recordings of an installed tracer have in common.
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

    public TracerSettings {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** SIGUSR1, a folder of the user's own below the temporary folder, 60 seconds, 10 files. */
    public static TracerSettings defaults() {
        return new TracerSettings(
                "USR1",
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "jtracer-" + System.getProperty("user.name")),
                List.of(),
                List.of(),
                Duration.ZERO,
                0,
                0,
                Duration.ofSeconds(60),
                10);
    }

    public TracerSettings withSignal(String signal) {
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

    public TracerSettings withDirectory(Path directory) {
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

    public TracerSettings withInclude(List<String> include) {
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

    public TracerSettings withExclude(List<String> exclude) {
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

    public TracerSettings withTimeLimit(Duration timeLimit) {
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

    public TracerSettings withKeepFiles(int keepFiles) {
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
