package io.github.jtracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.jtracer.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain Java API in a JVM that was started with no agent: it is loaded for the first start. */
class JTracerTest {
    @TempDir private Path directory;

    @BeforeEach
    void install() {
        Work.fibonacci(1);
        JTracer.install(
                TracerSettings.builder()
                        .signal("none")
                        .directory(directory)
                        .include(List.of(Work.class.getName()))
                        .build());
    }

    @AfterEach
    void uninstall() {
        JTracer.uninstall();
    }

    @Test
    void recordingHasTheCallsAndTheMarksBetweenStartAndStop() throws IOException {
        Work.fibonacci(2);
        RecordingInfo started = JTracer.start();
        try (Slice slice = JTracer.slice("import")) {
            slice.put("rows", 3);
            Work.fibonacci(4);
            JTracer.instant("half way", "row", 2);
        }
        SavedTrace saved = JTracer.stop();

        assertThat(started.startedBy()).isEqualTo("api");
        assertThat(saved.file()).isEqualTo(started.file()).startsWith(directory.toString());
        assertThat(saved.calls()).isEqualTo(9);
        assertThat(content(saved))
                .contains("Work.fibonacci", "\"import\"", "\"rows\"", "\"half way\"", "\"last\"");
    }

    @Test
    void renamedSliceHasItsLastName() throws IOException {
        JTracer.start();
        try (Slice slice = JTracer.slice("before")) {
            slice.rename("after");
        }
        SavedTrace saved = JTracer.stop();

        assertThat(content(saved)).contains("\"after\"").doesNotContain("\"before\"");
    }

    @Test
    void asynchronousSliceMayBeClosedOnAnotherThreadAndHasPartsInIt() throws Exception {
        JTracer.start();
        Slice upload = JTracer.asyncSlice("upload");
        Slice part = JTracer.asyncSlice("part", upload);
        Thread other = new Thread(() -> part.put("bytes", 7).close());
        other.start();
        other.join();
        upload.close();
        upload.close();
        String trace = content(JTracer.stop());

        assertThat(trace)
                .containsOnlyOnce("\"name\":\"upload\"")
                .containsOnlyOnce("\"name\":\"part\"")
                .contains("\"args\":{\"bytes\":\"7\"}")
                .containsOnlyOnce("\"lane\":true");
    }

    @Test
    void marksWhileNothingRecordsAreNothing() {
        assertThat(JTracer.slice("import")).isSameAs(JTracer.slice("export"));
        assertThat(JTracer.recording()).isFalse();
    }

    @Test
    void secondStartIsRefusedAndSaysWhoRecords() {
        JTracer.start();

        assertThatExceptionOfType(TracerStateException.class)
                .isThrownBy(JTracer::start)
                .withMessageContaining("api");
        assertThat(JTracer.stop().name()).endsWith(".json.gz");
    }

    @Test
    void stopWithoutStartIsRefused() {
        assertThatExceptionOfType(TracerStateException.class).isThrownBy(JTracer::stop);
    }

    @Test
    void badValueIsNamedAndTheNextStartWorks() {
        RecordingRequest deep = RecordingRequest.builder("api").minDuration("soon").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JTracer.start(deep))
                .withMessageContaining("minDuration")
                .withMessageContaining("soon");
        JTracer.start();
        assertThat(JTracer.stop().calls()).isZero();
    }

    @Test
    void requestFromOutsideIsHeldToTheTimeLimit() {
        RecordingRequest request =
                RecordingRequest.builder("endpoint").duration(Duration.ofSeconds(61)).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JTracer.start(request))
                .withMessage(
                        "seconds is '61', but must be more than 0 and at most 60"
                                + " (jtracer.time-limit)");
    }

    @Test
    void statusTellsWhatWasWovenAndWhichFilesThereAre() {
        JTracer.start();
        TracerStatus recording = JTracer.status();
        SavedTrace saved = JTracer.stop();
        TracerStatus stopped = JTracer.status();

        assertThat(recording.state()).isEqualTo("recording");
        assertThat(recording.recording().startedBy()).isEqualTo("api");
        assertThat(recording.weaving().classes()).isEqualTo(1);
        assertThat(stopped.state()).isEqualTo("installed");
        assertThat(stopped.files()).extracting(TraceFile::name).containsExactly(saved.name());
    }

    @Test
    void uninstallSavesWhatRunsAndALaterStartLoadsTheAgentAgain() {
        RecordingInfo started = JTracer.start();
        JTracer.uninstall();

        assertThat(Path.of(started.file())).exists();
        assertThat(JTracer.status().agentLoaded()).isFalse();
        JTracer.start();
        Work.fibonacci(3);
        assertThat(JTracer.stop().calls()).isEqualTo(5);
    }

    private static String content(SavedTrace saved) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(saved.file())))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
