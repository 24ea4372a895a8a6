package io.github.jtracer.formats;

import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.TraceSink;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A trace in a file of any format that jtracer reads; which one, the file's first bytes say. */
public interface Trace extends Closeable {
    /**
     * Shows everything to the sink, from the beginning, each time it is called.
     *
     * @throws RecordingException if the file is damaged
     */
    void replay(TraceSink sink) throws IOException;

    /** Whether a {@code BeginSink} sees begins, too, without anything being held back for it. */
    default boolean showsBegins() {
        return false;
    }

    /** Whether it is what {@link #salvage} got out of a damaged file, not all of it. */
    default boolean isCutShort() {
        return false;
    }

    @Override
    default void close() throws IOException {}

    /**
     * Opens a file: raw recording, Chrome JSON (jtracer's, VizTracer's, others'), page or Perfetto
     * trace; all but the raw recording may be gzipped.
     *
     * @throws RecordingException if it is none of these
     */
    static Trace open(Path file) throws IOException {
        return open(file, false);
    }

    /** Opens any of these, and of a raw recording that is damaged what precedes the damage. */
    static Trace salvage(Path file) throws IOException {
        return open(file, true);
    }

    /**
     * Reads a file that is to be opened in a browser, to its end.
     *
     * @throws RecordingException if it is no page that jtracer wrote, or not all of one
     */
    static void checkPage(Path file) throws IOException {
        try (Trace trace = open(file)) {
            if (!(trace instanceof PageReader page)) {
                throw new RecordingException(
                        file + " is a trace, but no page", "Name it after its format");
            }
            page.check();
        }
    }

    private static Trace open(Path file, boolean salvage) throws IOException {
        byte[] head;
        try (InputStream in = content(file)) {
            head = in.readNBytes(JsonHead.BYTES);
        } catch (NoSuchFileException e) {
            throw new RecordingException("There is no file " + file, "Check the path");
        } catch (EOFException | ZipException e) {
            throw new RecordingException(file + " is a damaged gzip file", "Write it again");
        }
        if (startsWith(head, "JTRACER")) {
            Recording recording = salvage ? Recording.salvage(file) : Recording.open(file);
            return new Trace() {
                @Override
                public void replay(TraceSink sink) throws IOException {
                    recording.replay(sink);
                }

                @Override
                public boolean showsBegins() {
                    return true;
                }

                @Override
                public boolean isCutShort() {
                    return recording.isCutShort();
                }

                @Override
                public void close() throws IOException {
                    recording.close();
                }
            };
        }
        if (startsWith(head, "<!DOCTYPE html")) {
            return new PageReader(file);
        }
        if (JsonHead.is(head)) {
            return showingBegins(sink -> new ChromeJsonReader(file, sink).read());
        }
        if (head.length > 1 && head[0] == 0x0A) {
            return showingBegins(sink -> new PerfettoReader(file, sink).read());
        }
        throw new RecordingException(
                file + " is not a trace that jtracer can read",
                "Give a .jtr, .json, .html or .pftrace file");
    }

    /** The file's bytes, decompressed if it is gzipped. */
    static InputStream content(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }

    private static Trace showingBegins(Trace trace) {
        return new Trace() {
            @Override
            public void replay(TraceSink sink) throws IOException {
                trace.replay(sink);
            }

            @Override
            public boolean showsBegins() {
                return true;
            }
        };
    }

    private static boolean startsWith(byte[] head, String text) {
        if (head.length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (head[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
