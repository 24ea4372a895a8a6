package io.github.jtracer.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads trace files with a parser that is not ours. */
final class Traces {
    private Traces() {}

    static JsonNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new ObjectMapper().readTree(plain);
        }
    }

    /** The names of all calls in it. */
    static List<String> calls(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode event : read(file).get("traceEvents")) {
            if (event.get("ph").asText().equals("X")) {
                names.add(event.get("name").asText());
            }
        }
        return names;
    }

    /** Reads it to its end, which fails if it has none; for traces too large to be held. */
    static long events(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                JsonParser parser = new JsonFactory().createParser(plain)) {
            long events = 0;
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                events +=
                        token == JsonToken.FIELD_NAME && parser.currentName().equals("ph") ? 1 : 0;
            }
            if (depth != 0) {
                throw new IOException(file + " is cut off");
            }
            return events;
        }
    }

    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
