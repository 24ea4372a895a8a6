package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedRecordingTest {
    @TempDir Path directory;

    @Test
    void refusesAFileThatIsNoRecording() throws Exception {
        Path file = Files.writeString(directory.resolve("a.jtr"), "{\"traceEvents\":[]}");

        assertThatThrownBy(() -> Recording.open(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("not a jtracer recording");
        assertThatThrownBy(() -> Recording.open(Files.write(file, new byte[0])))
                .isInstanceOf(RecordingException.class);
    }

    @Test
    void saysThatANewerFormatNeedsANewerJtracer() throws Exception {
        byte[] bytes = small();
        bytes[7] = 9;

        assertThatThrownBy(() -> Recording.open(file(bytes)))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void neverFailsOtherwiseWhereverItIsCut() throws Exception {
        byte[] bytes = small();
        int salvaged = 0;
        for (int length = 0; length < bytes.length; length += 7) {
            Path file = file(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Recording.open(file)).isInstanceOf(RecordingException.class);
            try (Recording recording = Recording.salvage(file)) {
                Collected seen = new Collected();
                recording.replay(seen);
                salvaged = Math.max(salvaged, seen.slices.size());
            } catch (RecordingException e) {
                assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
            }
        }
        assertThat(salvaged).isPositive();
    }

    @Test
    void neverFailsOtherwiseWhateverByteIsWrong() throws Exception {
        byte[] bytes = small();
        Random random = new Random(42);
        for (int i = 0; i < 1_500; i++) {
            byte[] wrong = bytes.clone();
            for (int j = 0; j <= i % 3; j++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            Path file = file(wrong);
            try (Recording recording = Recording.salvage(file)) {
                recording.replay(new ChromeJson(new ByteArrayOutputStream()));
            } catch (RecordingException e) {
                assertThat(e.getMessage()).endsWith(".");
            }
        }
    }

    @Test
    void boundsALengthBeforeItAllocates() throws Exception {
        byte[] bytes = small();
        ByteBuffer.wrap(bytes).putInt(9, Integer.MAX_VALUE);

        assertThatThrownBy(() -> Recording.open(file(bytes)))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("ends in the middle");
    }

    @Test
    void copiesOneRecordingOutOfAStreamThatGoesOn() throws Exception {
        byte[] bytes = small();
        ByteArrayInputStream stream =
                new ByteArrayInputStream(concat(bytes, "more".getBytes(StandardCharsets.US_ASCII)));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        assertThat(RecordingSpool.copy(stream, copy)).isEqualTo(bytes.length);

        assertThat(copy.toByteArray()).isEqualTo(bytes);
        assertThat(stream.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("more");
    }

    @Test
    void keepsWhatCameWhenTheStreamBreaks() throws Exception {
        byte[] bytes = small();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        assertThatThrownBy(
                        () ->
                                RecordingSpool.copy(
                                        new ByteArrayInputStream(bytes, 0, bytes.length - 100),
                                        copy))
                .isInstanceOf(RecordingException.class);

        assertThat(copy.size()).isGreaterThan(bytes.length / 2);
    }

    private static byte[] small() throws IOException {
        SyntheticRecording recording = new SyntheticRecording(256, 1000, 1_000);
        new RandomProgram(recording, 5, 2, 3, 2).run(150, false);
        return recording.bytes();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("damaged.jtr"), bytes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
