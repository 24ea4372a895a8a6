package io.github.jtracer.formats;

import io.github.jtracer.trace.BeginSink;
import io.github.jtracer.trace.ChromeJson;
import io.github.jtracer.trace.HtmlPage;
import io.github.jtracer.trace.OutputFile;
import io.github.jtracer.trace.PerfettoTrace;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.TraceSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Turns traces into files of any format that jtracer writes; the file's name says which. */
public final class Converter {
    private static final int BUFFER_BYTES = 1 << 16;

    /** For a message: what a name may end in. */
    public static final String FORMATS =
            ".json, .html, .pftrace, .speedscope.json or .collapsed, each also with .gz";

    private interface Format {
        TraceSink sink(OutputStream out);
    }

    private static final Map<String, Format> BY_SUFFIX =
            Map.of(
                    ".speedscope.json", SpeedscopeJson::new,
                    ".html", HtmlPage::new,
                    ".pftrace", PerfettoTrace::new,
                    ".collapsed", CollapsedStacks::new);

    /** Whether {@link #convert} can write a file of this name. */
    public static boolean canWrite(Path file) {
        return format(file) != null;
    }

    /** Whether jtracer reads what {@link #write} writes to a file of this name. */
    public static boolean canReadBack(Path file) {
        String name = plainName(file);
        return canWrite(file) && !name.endsWith(".collapsed") && !name.endsWith(".speedscope.json");
    }

    /** Whether Perfetto, too, reads a trace of this name. */
    public static boolean perfettoReads(Path file) {
        String name = plainName(file);
        return name.endsWith(".json") || name.endsWith(".pftrace");
    }

    /**
     * Converts one trace.
     *
     * @throws RecordingException if the trace is damaged, or the name of {@code to} says no format
     */
    public static void convert(Path from, Path to) throws IOException {
        try (Trace trace = Trace.open(from)) {
            write(trace, to);
        }
    }

    /** Writes any trace; as {@link #convert}. */
    public static void write(Trace trace, Path to) throws IOException {
        Format format = format(to);
        if (format == null) {
            throw new RecordingException(
                    "jtracer does not know the format of " + to.getFileName(),
                    "End the name in " + FORMATS);
        }
        boolean gzip = name(to).endsWith(".gz");
        OutputFile.write(
                to,
                file -> {
                    OutputStream buffered = new BufferedOutputStream(file, BUFFER_BYTES);
                    OutputStream out =
                            gzip ? new GZIPOutputStream(buffered, BUFFER_BYTES) : buffered;
                    replay(trace, format.sink(out));
                    out.close();
                });
    }

    /** Puts several processes on one timeline, by the wall clock of each at its start. */
    public static void combine(List<Path> from, Path to) throws IOException {
        write(new CombinedTrace(from), to);
    }

    /** A source that shows begins by itself needs no detour. */
    private static void replay(Trace trace, TraceSink sink) throws IOException {
        if (sink instanceof BeginSink both && !trace.showsBegins()) {
            try (InOrder ordered = new InOrder(both)) {
                trace.replay(ordered);
            }
        } else {
            trace.replay(sink);
        }
    }

    private static @Nullable Format format(Path file) {
        String plain = plainName(file);
        for (Map.Entry<String, Format> format : BY_SUFFIX.entrySet()) {
            if (plain.endsWith(format.getKey())) {
                return format.getValue();
            }
        }
        return plain.endsWith(".json") ? ChromeJson::new : null;
    }

    private static String plainName(Path file) {
        String name = name(file);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private Converter() {}
}
