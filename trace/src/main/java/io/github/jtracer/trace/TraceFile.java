package io.github.jtracer.trace;

import java.io.IOException;
import java.nio.file.Path;

/** Turns a recording into a file whose name says in which format. */
public final class TraceFile {
    /** Whether {@link #write} knows the format that the file's name asks for. */
    public static boolean canWrite(Path file) {
        return TraceFormat.of(name(file)).isPresent();
    }

    /**
     * Writes the recording in any {@link TraceFormat}.
     *
     * @throws RecordingException if the name ends otherwise, or the recording is damaged
     */
    public static Totals write(Recording recording, Path file) throws IOException {
        TraceFormat format =
                TraceFormat.of(name(file))
                        .orElseThrow(
                                () ->
                                        new RecordingException(
                                                "jtracer does not know the format of "
                                                        + file.getFileName(),
                                                "End the name in .json, .json.gz, .html, .pftrace"
                                                        + " or .jtr"));
        Totals[] totals = new Totals[1];
        OutputFile.write(file, out -> totals[0] = format.write(recording, out));
        return totals[0];
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private TraceFile() {}
}
