package io.github.jtracer.spring;

import io.github.jtracer.trace.TraceFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * What a request for a trace may accept. Of several that it accepts alike, the last one here is
 * given: a browser gets the page.
 */
enum DownloadFormat implements Producible<DownloadFormat> {
    /** The file as it was saved. */
    STORED(null, "application/octet-stream"),
    JSON_GZ(TraceFormat.JSON_GZ, "application/gzip"),
    PFTRACE(TraceFormat.PFTRACE, "application/x-protobuf"),
    JSON(TraceFormat.JSON, "application/json"),
    HTML(TraceFormat.HTML, "text/html");

    private final @Nullable TraceFormat format;
    private final MimeType type;

    DownloadFormat(@Nullable TraceFormat format, String type) {
        this.format = format;
        this.type = MimeTypeUtils.parseMimeType(type);
    }

    /** Empty for the file as it was saved. */
    Optional<TraceFormat> format() {
        return Optional.ofNullable(format);
    }

    @Override
    public boolean isDefault() {
        return this == STORED;
    }

    @Override
    public MimeType getProducedMimeType() {
        return type;
    }
}
