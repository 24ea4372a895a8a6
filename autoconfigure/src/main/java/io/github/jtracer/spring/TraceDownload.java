package io.github.jtracer.spring;

import io.github.jtracer.Tracer;
import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.TraceFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * A trace as it was asked for: a stored file, or a stored recording in another format.
 *
 * @param name what the client is to call it
 * @param stored the file that there is
 * @param format what the client gets
 */
record TraceDownload(String name, Path stored, TraceFormat format) {
    /** Stands for the name of the newest trace, with any extension or none. */
    static final String LATEST = "latest";

    /**
     * Finds what was asked for. An extension decides about the format; without one, what the
     * request accepts does.
     *
     * @param asked the name in the request's path
     * @return empty if there is no such trace, or it cannot be had in that format
     */
    static Optional<TraceDownload> find(Tracer tracer, String asked, DownloadFormat accepted) {
        Optional<TraceDownload> same = stored(tracer, asked);
        if (same.isPresent()) {
            return same;
        }
        Optional<TraceFormat> extension = TraceFormat.of(asked);
        String suffix = extension.map(TraceFormat::suffix).orElse("");
        String base = asked.substring(0, asked.length() - suffix.length());
        if (base.equals(LATEST)) {
            base = newest(tracer);
        }
        Optional<TraceFormat> wanted = extension.or(accepted::format);
        return wanted.isPresent() ? made(tracer, base, wanted.get()) : any(tracer, base);
    }

    /** Whether a stored file can be had in every format. */
    static boolean convertible(String name) {
        return TraceFormat.of(name).filter(TraceFormat.RAW::equals).isPresent();
    }

    /** The name without what it ends in. */
    static String base(String name) {
        return TraceFormat.of(name)
                .map(format -> name.substring(0, name.length() - format.suffix().length()))
                .orElse(name);
    }

    /** Which formats a trace can be had in, to say so where it cannot be had in the one asked. */
    static List<String> alternatives(Tracer tracer, String asked) {
        String base = base(asked).equals(LATEST) ? newest(tracer) : base(asked);
        return tracer.files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> base(name).equals(base))
                .toList();
    }

    private static Optional<TraceDownload> stored(Tracer tracer, String name) {
        return TraceFormat.of(name)
                .flatMap(
                        format ->
                                tracer.file(name)
                                        .map(file -> new TraceDownload(name, file, format)));
    }

    private static Optional<TraceDownload> made(Tracer tracer, String base, TraceFormat format) {
        String name = base + format.suffix();
        return stored(tracer, name)
                .or(
                        () ->
                                tracer.file(base + TraceFormat.RAW.suffix())
                                        .map(file -> new TraceDownload(name, file, format)));
    }

    private static Optional<TraceDownload> any(Tracer tracer, String base) {
        for (TraceFormat format : TraceFormat.values()) {
            Optional<TraceDownload> stored = stored(tracer, base + format.suffix());
            if (stored.isPresent()) {
                return stored;
            }
        }
        return Optional.empty();
    }

    private static String newest(Tracer tracer) {
        List<Path> files = tracer.files();
        return files.isEmpty() ? LATEST : base(files.get(0).getFileName().toString());
    }

    MimeType contentType() {
        return MimeTypeUtils.parseMimeType(format.contentType());
    }

    /** Whether it is sent as it is on disk, so that its size is known and parts can be had. */
    boolean isStored() {
        return name.equals(stored.getFileName().toString());
    }

    /**
     * The content.
     *
     * @throws IOException if the recording is damaged; the message says how
     */
    Resource resource() throws IOException {
        if (isStored()) {
            return new FileSystemResource(stored);
        }
        // damage is noticed here, while the status can still say so
        Recording.open(stored).close();
        return new InputStreamResource(() -> ConvertedTrace.open(stored, format));
    }

    /** So that {@code curl -OJ} and browsers keep the name; a browser shows a page. */
    String contentDisposition() {
        String type = format == TraceFormat.HTML ? "inline" : "attachment";
        return type + "; filename=\"" + name + "\"";
    }
}
