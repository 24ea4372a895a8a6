package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir Path directory;

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        Path file = directory.resolve("a.json");

        OutputFile.write(file, out -> out.write("x".getBytes(StandardCharsets.US_ASCII)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasContent("x");
    }

    @Test
    void leavesTheOldFileAndNothingElseWhenWritingFails() throws Exception {
        Path file = Files.writeString(directory.resolve("a.json"), "old");

        assertThatThrownBy(
                        () ->
                                OutputFile.write(
                                        file,
                                        out -> {
                                            out.write(1);
                                            throw new IOException("No space left on device");
                                        }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryContaining("glob:**/a.json");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }
}
