package io.github.jtracer.spring;

import io.github.jtracer.TraceFile;
import io.github.jtracer.TracerStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tracer's status as it is told over HTTP: as {@link TracerStatus}, and finished traces have a
 * page.
 */
public record TracerDescriptor(
        String state,
        @Nullable String reason,
        boolean agentLoaded,
        String signal,
        String directory,
        TracerStatus.@Nullable Recording recording,
        TracerStatus.@Nullable Weaving weaving,
        TracerStatus.@Nullable Buffer buffer,
        List<File> files,
        Map<String, String> agent) {

    /**
     * A finished trace.
     *
     * @param name the file's name; with {@code .json}, {@code .json.gz}, {@code .html} or {@code
     *     .pftrace} in place of {@code .jtr} it is had in that format
     * @param bytes its size
     * @param modified when it was written, ISO 8601
     * @param page the path of the page that shows it; null if it was saved in a format that no page
     *     can be made of here
     */
    public record File(String name, long bytes, String modified, @Nullable String page) {}

    static TracerDescriptor of(TracerStatus status, PageLinks links) {
        return new TracerDescriptor(
                status.state(),
                status.reason(),
                status.agentLoaded(),
                status.signal(),
                status.directory(),
                status.recording(),
                status.weaving(),
                status.buffer(),
                status.files().stream().map(file -> describe(file, links)).toList(),
                status.agent());
    }

    private static File describe(TraceFile file, PageLinks links) {
        return new File(file.name(), file.bytes(), file.modified(), links.to(file.name()));
    }
}
