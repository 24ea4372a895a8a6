package io.github.jtracer.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What a raw recording can be turned into with nothing but the JDK. */
public enum TraceFormat {
    /** Chrome's trace-event JSON. */
    JSON(".json", "application/json"),
    JSON_GZ(".json.gz", "application/gzip"),
    /** A page that shows the trace. */
    HTML(".html", "text/html;charset=UTF-8"),
    /** Perfetto's own format. */
    PFTRACE(".pftrace", "application/x-protobuf"),
    /** The recording as it is. */
    RAW(".jtr", "application/octet-stream");

    /** Half the time of the default level, for a file that is a tenth larger. */
    private static final int COMPRESSION = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String suffix;
    private final String contentType;

    TraceFormat(String suffix, String contentType) {
        this.suffix = suffix;
        this.contentType = contentType;
    }

    /** The format that a file's name ends in; empty if it is none of these. */
    public static Optional<TraceFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".speedscope.json") || name.endsWith(".speedscope.json.gz")) {
            return Optional.empty(); // JSON of another kind
        }
        for (TraceFormat format : values()) {
            if (name.endsWith(format.suffix)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** With its dot: {@code .json.gz}. */
    public String suffix() {
        return suffix;
    }

    /** For HTTP. */
    public String contentType() {
        return contentType;
    }

    /**
     * Writes a recording in this format, in one pass and with memory for methods and threads, not
     * for calls. The stream is flushed and left open.
     *
     * @throws RecordingException if the recording is damaged
     */
    public Totals write(Recording recording, OutputStream stream) throws IOException {
        OutputStream out = new BufferedOutputStream(stream, BUFFER_BYTES);
        Totals totals;
        switch (this) {
            case JSON -> totals = recording.replay(new ChromeJson(out));
            case JSON_GZ -> {
                Gzip gzip = new Gzip(out);
                totals = recording.replay(new ChromeJson(gzip));
                gzip.finish();
            }
            case HTML -> totals = recording.replay(new HtmlPage(out));
            case PFTRACE -> totals = recording.replay(new PerfettoTrace(out));
            default -> {
                totals = recording.totals();
                recording.copyTo(out);
            }
        }
        out.flush();
        return totals;
    }

    /**
     * Converts the raw recording in a file; as {@link #write}.
     *
     * @throws RecordingException if there is no such file, or it is not a complete recording
     */
    public Totals convert(Path recordingFile, OutputStream stream) throws IOException {
        try (Recording recording = Recording.open(recordingFile)) {
            return write(recording, stream);
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(COMPRESSION);
        }
    }
}
