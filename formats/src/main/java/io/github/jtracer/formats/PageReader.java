package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.TraceSink;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Reads the trace out of a page that jtracer wrote, a block at a time. */
final class PageReader implements Trace {
    private static final String BLOCK = "<script type=\"application/x-jtracer\">";
    private static final String META = "<script type=\"application/json\" id=\"meta\">";
    private static final String END = "</script>";
    private static final String LAST_LINE = "</html>";
    private static final int MAX_BLOCK_BYTES = 1 << 28;

    private final Path file;

    PageReader(Path file) {
        this.file = file;
    }

    @Override
    public void replay(TraceSink sink) throws IOException {
        try {
            readAll(sink);
        } catch (EOFException | ZipException e) {
            throw incomplete();
        }
    }

    /** Reads everything, and looks whether what shows it in a browser is there, too. */
    void check() throws IOException {
        replay(new Summary());
        String last = "";
        try (BufferedReader lines = lines()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (!last.equals(LAST_LINE)) {
            throw incomplete();
        }
    }

    private void readAll(TraceSink sink) throws IOException {
        Metadata metadata = readMetadata();
        sink.start(metadata.info());
        BlockReader blocks = new BlockReader(sink);
        Inflater inflater = new Inflater();
        try (BufferedReader lines = lines()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(BLOCK);
                if (at >= 0 && line.endsWith(END)) {
                    String text = line.substring(at + BLOCK.length(), line.length() - END.length());
                    blocks.read(inflate(inflater, text));
                }
            }
        } finally {
            inflater.end();
        }
        sink.end(metadata.totals());
    }

    private Metadata readMetadata() throws IOException {
        StringBuilder text = new StringBuilder();
        try (BufferedReader lines = lines()) {
            boolean inside = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(META);
                if (at >= 0) {
                    inside = true;
                    line = line.substring(at + META.length());
                }
                int end = inside ? line.indexOf(END) : -1;
                if (end >= 0) {
                    return parse(text.append(line, 0, end).toString());
                }
                if (inside) {
                    text.append(line).append('\n');
                }
            }
        }
        throw incomplete();
    }

    private RecordingException incomplete() {
        return new RecordingException(
                file + " holds no complete jtracer trace", "Write it again; it may be cut off");
    }

    private static Metadata parse(String text) throws IOException {
        Metadata metadata = new Metadata();
        try (JsonParser json = Json.FACTORY.createParser(text)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("jtracer_metadata")) {
                    json.nextToken();
                    metadata.read(json);
                }
            }
        } catch (JsonProcessingException e) {
            throw ColumnInput.damaged();
        }
        return metadata;
    }

    private static byte[] inflate(Inflater inflater, String text) throws RecordingException {
        try {
            inflater.reset();
            inflater.setInput(Base64.getDecoder().decode(text));
            byte[] bytes = new byte[1 << 20];
            int size = 0;
            while (!inflater.finished()) {
                if (size == bytes.length) {
                    if (size >= MAX_BLOCK_BYTES) {
                        throw ColumnInput.damaged();
                    }
                    bytes = Arrays.copyOf(bytes, 2 * size);
                }
                int count = inflater.inflate(bytes, size, bytes.length - size);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw ColumnInput.damaged();
                }
                size += count;
            }
            return Arrays.copyOf(bytes, size);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw ColumnInput.damaged();
        }
    }

    private BufferedReader lines() throws IOException {
        return new BufferedReader(
                new InputStreamReader(Trace.content(file), StandardCharsets.UTF_8), 1 << 16);
    }
}
