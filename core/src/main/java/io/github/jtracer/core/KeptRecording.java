package io.github.jtracer.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/**
 * A recording whose owner has gone: raw, in a file that only this process's user can read, until
 * somebody fetches it.
 *
 * @param file where it is
 * @param startedBy who had started it
 * @param begun when
 */
record KeptRecording(Path file, String startedBy, Instant begun) {

    /**
     * @throws IOException if there is no room for it; nothing is left behind then
     */
    static KeptRecording keep(LiveRecording recording) throws IOException {
        Path file = privateFile();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            recording.writeTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new KeptRecording(file, recording.settings().startedBy(), recording.begun());
    }

    private static Path privateFile() throws IOException {
        String prefix = "jtracer-" + ThisJvm.pid() + "-";
        try {
            return Files.createTempFile(
                    prefix,
                    ".jtr",
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            return Files.createTempFile(prefix, ".jtr");
        }
    }

    void writeTo(OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(out);
        }
        out.flush();
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is in the temporary folder and private; somebody cleans that up.
        }
    }
}
