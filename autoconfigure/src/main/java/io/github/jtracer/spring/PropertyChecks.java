package io.github.jtracer.spring;

import io.github.jtracer.trace.wire.PatternText;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** Refuses wrong values when the application starts, in the way that Boot does it. */
final class PropertyChecks {
    private static final DataSize MIN_BUFFER = DataSize.ofKilobytes(64);
    private static final DataSize MAX_BUFFER = DataSize.ofGigabytes(64);

    private PropertyChecks() {}

    /**
     * @throws InvalidConfigurationPropertyValueException naming the property
     */
    static void check(JTracerProperties properties) {
        notNegative("min-duration", properties.minDuration());
        notNegative("time-limit", properties.timeLimit());
        notNegative("max-depth", properties.maxDepth());
        notNegative("keep-files", properties.keepFiles());
        DataSize buffer = properties.buffer();
        boolean possible =
                buffer.toBytes() == 0
                        || buffer.compareTo(MIN_BUFFER) >= 0 && buffer.compareTo(MAX_BUFFER) <= 0;
        require(possible, "buffer", buffer, "It must be 0, or between 64KB and 64GB.");
        patterns("include", properties.include());
        patterns("exclude", properties.exclude());
    }

    private static void notNegative(String name, Duration value) {
        require(!value.isNegative(), name, value, "It must not be negative.");
    }

    private static void notNegative(String name, int value) {
        require(value >= 0, name, value, "It must not be negative.");
    }

    private static void patterns(String name, List<String> patterns) {
        for (String pattern : patterns) {
            try {
                PatternText.parse(pattern);
            } catch (IllegalArgumentException e) {
                require(false, name, pattern, e.getMessage() + ".");
            }
        }
    }

    private static void require(boolean fine, String name, Object value, String reason) {
        if (!fine) {
            throw new InvalidConfigurationPropertyValueException("jtracer." + name, value, reason);
        }
    }
}
