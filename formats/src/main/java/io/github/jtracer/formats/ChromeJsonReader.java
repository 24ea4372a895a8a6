package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.TraceSink;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Reads Chrome's trace-event JSON: jtracer's own, VizTracer's, and others'.
 *
 * <p>What jtracer wrote is read line by line; what turns out to be something else, or is damaged,
 * is read again by a parser from its beginning.
 *
 * <p>The file is parsed as a stream. But the format has neither order nor depth, and what belongs
 * at the beginning may stand at the end, so the events are put away until then.
 */
final class ChromeJsonReader {
    private final Path file;
    private final TraceSink sink;
    private GatheredTrace gathered;

    ChromeJsonReader(Path file, TraceSink sink) {
        this.file = file;
        this.sink = sink;
        this.gathered = new GatheredTrace(sink);
    }

    void read() throws IOException {
        try {
            if (!readLines()) {
                gathered.close();
                gathered = new GatheredTrace(sink);
                readAll();
            }
            gathered.show();
        } finally {
            gathered.close();
        }
    }

    /** Returns whether the file is one that jtracer wrote, and whole, and has been read. */
    private boolean readLines() throws IOException {
        try (InputStream in = Trace.content(file)) {
            EventLines lines = EventLines.of(in);
            if (lines == null) {
                return false;
            }
            InputStream rest = lines.read(new Lines());
            try (JsonParser json = Json.FACTORY.createParser(rest)) {
                json.nextToken();
                readFields(json);
                return json.currentToken() == JsonToken.END_OBJECT;
            }
        } catch (JsonProcessingException | EOFException | ZipException e) {
            return false;
        }
    }

    private final class Lines implements EventLines.Visitor {
        @Override
        public void call(String name, long pid, long tid, long time, long duration)
                throws IOException {
            gathered.event("X", "method", name, pid, tid, time, duration, Map.of());
        }

        @Override
        public void event(byte[] bytes, int from, int length) throws IOException {
            try (JsonParser json = Json.FACTORY.createParser(bytes, from, length)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new EOFException();
                }
                readEvent(json);
            }
        }
    }

    private void readAll() throws IOException {
        boolean events = false;
        try (InputStream in = Trace.content(file);
                JsonParser json = Json.FACTORY.createParser(in)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                readEvents(json);
                events = true;
            } else {
                events = readFields(json);
            }
        } catch (JsonProcessingException | EOFException | ZipException e) {
            throw new RecordingException(
                    file + " is not complete JSON", "Write it again; it may be cut off");
        }
        if (!events) {
            throw new RecordingException(
                    file + " is JSON, but no trace", "Give a file with traceEvents");
        }
    }

    /** Returns whether there were events among the fields of the object. */
    private boolean readFields(JsonParser json) throws IOException {
        boolean events = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "traceEvents" -> {
                    readEvents(json);
                    events = true;
                }
                case "jtracer_metadata" -> gathered.jtracer(json);
                case "viztracer_metadata" -> readVizTracer(json);
                default -> json.skipChildren();
            }
        }
        return events;
    }

    private void readVizTracer(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("baseTimeNanoseconds")) {
                gathered.baseEpochNanos(json.getValueAsLong());
            } else {
                json.skipChildren();
            }
        }
    }

    private void readEvents(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            readEvent(json);
        }
    }

    private void readEvent(JsonParser json) throws IOException {
        String phase = "";
        String name = "";
        String category = "";
        long pid = 0;
        long tid = 0;
        long time = 0;
        long length = -1;
        Map<String, String> arguments = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            switch (key) {
                case "ph" -> phase = json.getText();
                case "name" -> name = json.getText();
                case "cat" -> category = json.getText();
                case "pid" -> pid = json.getValueAsLong();
                case "tid" -> tid = json.getValueAsLong();
                case "ts" -> time = nanos(json);
                case "dur" -> length = nanos(json);
                case "args" -> arguments = token == JsonToken.START_OBJECT ? pairs(json) : Map.of();
                default -> json.skipChildren();
            }
        }
        gathered.event(phase, category, name, pid, tid, time, length, arguments);
    }

    /** Microseconds with decimals, as nanoseconds, without going through binary fractions. */
    private static long nanos(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int at = json.getTextOffset();
        int end = at + json.getTextLength();
        long value = 0;
        int decimals = -1;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9' && value < Long.MAX_VALUE / 20) {
                if (decimals >= 3) {
                    return c >= '5' ? value + 1 : value;
                }
                value = value * 10 + (c - '0');
                decimals += decimals >= 0 ? 1 : 0;
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return Math.round(json.getValueAsDouble() * 1000);
            }
        }
        for (int i = Math.max(0, decimals); i < 3; i++) {
            value *= 10;
        }
        return value;
    }

    /** Arguments as text; what is itself an object or a list becomes the text of its values. */
    private static Map<String, String> pairs(JsonParser json) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            pairs.put(key, token.isScalarValue() ? json.getText() : nested(json));
        }
        return pairs;
    }

    private static String nested(JsonParser json) throws IOException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        String key = "";
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new EOFException();
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                key = json.currentName() + "=";
            } else {
                text.append(text.length() == 0 ? "" : "\n").append(key).append(json.getText());
                key = "";
            }
        }
        return text.toString();
    }
}
