package io.github.jtracer.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Turns a recording into a file whose name says in which format. */
public final class TraceFile {
    /** Half the time of the default level, for a file that is a tenth larger. */
    private static final int COMPRESSION = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    /** Whether {@link #write} knows the format that the file's name asks for. */
    public static boolean canWrite(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json")
                || name.endsWith(".json.gz")
                || name.endsWith(".html")
                || name.endsWith(".jtr");
    }

    /**
     * Writes {@code .json}, {@code .json.gz}, {@code .html} or {@code .jtr}.
     *
     * @throws RecordingException if the name ends otherwise, or the recording is damaged
     */
    public static Totals write(Recording recording, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!canWrite(file)) {
            throw new RecordingException(
                    "jtracer does not know the format of " + file.getFileName(),
                    "End the name in .json, .json.gz, .html or .jtr");
        }
        Totals[] totals = new Totals[1];
        OutputFile.write(
                file,
                out -> {
                    if (name.endsWith(".jtr")) {
                        totals[0] = recording.totals();
                        recording.copyTo(out);
                    } else if (name.endsWith(".html")) {
                        totals[0] = recording.replay(new HtmlPage(out));
                    } else if (name.endsWith(".gz")) {
                        totals[0] = writeCompressed(recording, out);
                    } else {
                        totals[0] = recording.replay(new ChromeJson(out));
                    }
                });
        return totals[0];
    }

    private static Totals writeCompressed(Recording recording, OutputStream out)
            throws IOException {
        GZIPOutputStream gzip =
                new GZIPOutputStream(new BufferedOutputStream(out, BUFFER_BYTES), BUFFER_BYTES) {
                    {
                        def.setLevel(COMPRESSION);
                    }
                };
        Totals totals = recording.replay(new ChromeJson(gzip));
        gzip.close();
        return totals;
    }

    private TraceFile() {}
}
