package io.github.jtracer.cli;

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

    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
