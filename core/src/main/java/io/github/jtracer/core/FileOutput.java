package io.github.jtracer.core;

import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a recording to a file that a person asked for, inside this JVM. */
final class FileOutput {
    private FileOutput() {}

    static Totals write(LiveRecording recording, Path file) throws IOException {
        KeptRecording raw = KeptRecording.keep(recording);
        try {
            return write(raw, file);
        } finally {
            raw.delete();
        }
    }

    static Totals write(KeptRecording raw, Path file) throws IOException {
        try (Recording recording = Recording.open(raw.file())) {
            return TraceFile.write(recording, file.toAbsolutePath());
        }
    }

    static Map<String, String> describe(Path file, Totals totals) throws IOException {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("file", file.toAbsolutePath().toString());
        description.put("bytes", String.valueOf(Files.size(file)));
        description.put("calls", String.valueOf(totals.calls()));
        description.put("lost", String.valueOf(totals.lostCalls()));
        description.put("threads", String.valueOf(totals.threads()));
        return description;
    }
}
