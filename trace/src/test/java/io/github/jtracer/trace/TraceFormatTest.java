package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceFormatTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "a.json, JSON",
        "A.JSON.GZ, JSON_GZ",
        "a.b.html, HTML",
        "a.pftrace, PFTRACE",
        "a.jtr, RAW",
        "a.speedscope.json,",
        "a.speedscope.json.gz,",
        "a.pftrace.gz,",
        "a,",
    })
    void isSaidByTheEndOfAName(String name, TraceFormat expected) {
        assertThat(TraceFormat.of(name).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatAFileOfThatNameHolds(TraceFormat format) throws Exception {
        Path recording = recording();
        Path file = directory.resolve("t" + format.suffix());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        Totals totals = format.convert(recording, stream);
        try (Recording opened = Recording.open(recording)) {
            assertThat(TraceFile.write(opened, file)).isEqualTo(totals);
        }

        assertThat(totals.calls()).isGreaterThan(1_000);
        assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void writesNothingOfADamagedRecording() throws Exception {
        Path cut = directory.resolve("cut.jtr");
        byte[] whole = Files.readAllBytes(recording());
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 20));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        assertThatThrownBy(() -> TraceFormat.HTML.convert(cut, stream))
                .isInstanceOf(RecordingException.class);

        assertThat(stream.size()).isZero();
    }

    private Path recording() throws Exception {
        SyntheticRecording recording = new SyntheticRecording(256, 1 << 20, 1_000);
        new RandomProgram(recording, 1, 3, 12, 2).run(1_500, true);
        return recording.file(directory);
    }
}
