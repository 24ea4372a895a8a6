package io.github.jtracer.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known about one process's recording as a whole.
 *
 * @param fields keys are the {@code HEADER_*} constants of {@link RecordingFormat}
 * @param startEpochNanos wall clock at the start; all times of a trace count from here
 * @param durationNanos from start to stop
 */
public record TraceInfo(Map<String, String> fields, long startEpochNanos, long durationNanos) {
    /** Followed by a pid: the name of one of several processes in the trace. */
    public static final String PROCESS = "process.";

    public TraceInfo {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The field's value, or an empty string where it is not known. */
    public String get(String key) {
        return fields.getOrDefault(key, "");
    }

    /** The field as a number, or {@code otherwise} where it is missing or not one. */
    public long getLong(String key, long otherwise) {
        try {
            return Long.parseLong(get(key));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public long pid() {
        return getLong(RecordingFormat.HEADER_PID, 0);
    }

    /** Names of all processes in the trace, by pid. */
    public Map<Long, String> processNames() {
        Map<Long, String> names = new LinkedHashMap<>();
        names.put(pid(), processName());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String key = field.getKey();
            if (key.startsWith(PROCESS) && key.substring(PROCESS.length()).matches("\\d{1,18}")) {
                names.put(Long.parseLong(key.substring(PROCESS.length())), field.getValue());
            }
        }
        return names;
    }

    /** The process's main class or jar, or a name made of its pid. */
    public String processName() {
        String main = get(RecordingFormat.HEADER_MAIN);
        return main.isEmpty() ? "process " + pid() : main;
    }

    public Instant startedAt() {
        return Instant.ofEpochSecond(
                Math.floorDiv(startEpochNanos, 1_000_000_000L),
                Math.floorMod(startEpochNanos, 1_000_000_000L));
    }
}
