package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The object {@code jtracer_metadata}, as the Chrome JSON and the page have it. */
final class Metadata {
    /** A method's source file and first line. */
    record Location(String file, int line) {}

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    final Map<String, Location> locations = new HashMap<>();
    private long startEpochNanos;
    private long durationNanos;

    /** Reads the object that the parser is at the start of. */
    void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "startNanosSinceEpoch" -> startEpochNanos = json.getValueAsLong();
                case "durationNanos" -> durationNanos = json.getValueAsLong();
                case "counts" -> readCounts(json);
                case "methods" -> readLocations(json);
                case "start" -> {} // the same as startNanosSinceEpoch
                default -> {
                    if (token.isScalarValue()) {
                        fields.put(name, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    TraceInfo info() {
        return new TraceInfo(fields, startEpochNanos, durationNanos);
    }

    /** What was counted when the trace was written. */
    Totals totals() {
        return new Totals(
                count("calls"),
                count("open"),
                count("beginUnknown"),
                count("thrown"),
                count("cut"),
                count("tooShort"),
                count("threads"),
                count("lostCallsBefore"),
                count("lostCallsAfter"),
                count("lostEvents"),
                count("completeFromNanos"),
                count("completeUntilNanos"),
                count("events"));
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** Reads the object that the parser is at the start of. */
    void readCounts(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            counts.put(name, json.getValueAsLong());
        }
    }

    private void readLocations(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String label = json.currentName();
            json.nextToken();
            String file = json.nextTextValue();
            int line = json.nextIntValue(-1);
            locations.put(label, new Location(file == null ? "" : file, line));
            json.nextToken();
        }
    }
}
