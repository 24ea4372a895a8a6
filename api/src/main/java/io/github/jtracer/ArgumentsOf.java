package io.github.jtracer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the agent is told for a request: what it asks for, else what the settings say. */
final class ArgumentsOf {
    private final TracerSettings settings;

    ArgumentsOf(TracerSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks what can be checked before an agent is loaded.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    void check(RecordingRequest request) {
        Duration duration = request.duration();
        if (duration == null) {
            return;
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "seconds is '"
                            + seconds(duration)
                            + "', but must be more than 0"
                            + most(request));
        }
        if (limited(request) && duration.compareTo(settings.timeLimit()) > 0) {
            throw new IllegalArgumentException(
                    "seconds is '"
                            + seconds(duration)
                            + "', but must be more than 0"
                            + most(request));
        }
    }

    /**
     * The settings themselves: what a recording is that others start with no wishes of their own.
     */
    String ofSettings() {
        return filtersAndBounds(RecordingRequest.of("")).toString();
    }

    String of(RecordingRequest request, Path file) {
        AgentArguments arguments = filtersAndBounds(request);
        Duration duration = duration(request);
        if (duration != null) {
            arguments.add("seconds", seconds(duration));
        }
        return arguments
                .add("file", file.toString())
                .add("startedBy", request.startedBy())
                .toString();
    }

    private AgentArguments filtersAndBounds(RecordingRequest request) {
        AgentArguments arguments =
                new AgentArguments()
                        .addAll("include", orElse(request.include(), settings.include()))
                        .addAll("exclude", settings.exclude())
                        .addAll("exclude", request.exclude());
        addBounds(arguments, request);
        if (settings.bufferBytes() > 0) {
            arguments.add("buffer", Long.toString(settings.bufferBytes()));
        }
        return arguments;
    }

    private void addBounds(AgentArguments arguments, RecordingRequest request) {
        String minDuration = request.minDuration();
        if (minDuration != null) {
            arguments.add("minDuration", minDuration);
        } else if (!settings.minDuration().isZero()) {
            arguments.add("minDuration", settings.minDuration().toNanos() + "ns");
        }
        Integer maxDepth = request.maxDepth();
        int depth = maxDepth != null ? maxDepth : settings.maxDepth();
        if (depth != 0) {
            arguments.add("maxDepth", Integer.toString(depth));
        }
    }

    private @Nullable Duration duration(RecordingRequest request) {
        Duration duration = request.duration();
        return duration == null && limited(request) ? settings.timeLimit() : duration;
    }

    private boolean limited(RecordingRequest request) {
        return !request.unlimited() && !settings.timeLimit().isZero();
    }

    private String most(RecordingRequest request) {
        return limited(request)
                ? " and at most " + seconds(settings.timeLimit()) + " (jtracer.time-limit)"
                : "";
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                .divide(BigDecimal.valueOf(1000), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<String> orElse(List<String> asked, List<String> settings) {
        return asked.isEmpty() ? settings : asked;
    }
}
