package io.github.jtracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is written outside of the directory, and nothing in it is deleted that is not ours. */
class TraceFilesTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-23T07:03:10Z"), ZoneOffset.UTC);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.json",
                "..",
                "/tmp/out.json",
                "sub/out.json",
                "sub\\out.json",
                ".hidden.json",
                "out.txt",
                "out.json\n",
                "a\0.json",
                ""
            })
    void nameThatCouldLeadOutIsRefused(String name) {
        TraceFiles files = new TraceFiles(folder, 10, CLOCK);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.named(name))
                .withMessageContaining("file is '" + name + "'");
        assertThat(files.find(name)).isEmpty();
    }

    @Test
    void linkIsNeitherWrittenThroughNorListed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path directory = Files.createDirectory(folder.resolve("traces"));
        Files.createSymbolicLink(directory.resolve("link.json"), secret);
        TraceFiles files = new TraceFiles(directory, 10, CLOCK);

        assertThatIllegalArgumentException().isThrownBy(() -> files.named("link.json"));
        assertThat(files.find("link.json")).isEmpty();
        assertThat(files.list()).isEmpty();
    }

    @Test
    void fileWithoutANameIsNamedAfterTheTimeAndNeverTwice() throws IOException {
        TraceFiles files = new TraceFiles(folder, 10, CLOCK);
        String base = "trace-20261123-070310-" + ProcessHandle.current().pid();

        assertThat(files.next(null)).hasFileName(base + ".json.gz");
        Files.createFile(files.next(null));
        assertThat(files.next(null)).hasFileName(base + "-2.json.gz");
    }

    @Test
    void oldestOfOurFilesGoAndOthersStay() throws IOException {
        TraceFiles files = new TraceFiles(folder, 2, CLOCK);
        file("trace-20261123-070310-1.json.gz", 1);
        file("trace-20261123-070311-1.json.gz", 2);
        Path mine = files.named("mine.json");
        files.begun(mine);
        file("mine.json", 3);
        file("somebody-elses.json", 0);
        files.prune(0);

        assertThat(files.list())
                .containsExactly(
                        mine,
                        folder.resolve("trace-20261123-070311-1.json.gz"),
                        folder.resolve("somebody-elses.json"));
    }

    @Test
    void whatThisProcessDidNotWriteIsNeitherOverwrittenNorDeleted() throws IOException {
        TraceFiles files = new TraceFiles(folder, 1, CLOCK);
        file("theirs.json", 1);
        Path refused = files.named("refused.json");
        file("refused.json", 2);
        Path mine = files.named("mine.json");
        files.begun(mine);
        file("mine.json", 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.named("theirs.json"))
                .withMessageContaining("exists already");
        assertThat(files.named("mine.json")).isEqualTo(mine);
        files.prune(1);
        assertThat(files.list()).containsExactly(refused, folder.resolve("theirs.json"));
    }

    @Test
    void directoryIsMadeForItsOwnerAlone() throws IOException {
        Path directory = folder.resolve("a/traces");
        new TraceFiles(directory, 2, CLOCK).prepare();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    private void file(String name, int second) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }
}
