package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jtracer.probe.EventWord;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromeJsonTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    @TempDir Path directory;

    private final SyntheticRecording recording = new SyntheticRecording(256, 1000, 1_000);

    @Test
    void writesACallInMicrosecondsWithThreeDecimals() throws Exception {
        recording.platformThread(1, "main");
        int method = recording.method("com.acme.Order", "total", "()I");
        recording.ticks = 1_000 + 1_234_005;
        recording.enter(1, 1, method);
        recording.ticks += 1_007;
        recording.exit(1, 1, method);

        String text = text("t.json");

        assertThat(text).contains("\"ts\":1234.005,\"dur\":1.007}");
        JsonNode event = phase(JSON.readTree(text), "X").get(0);
        assertThat(event.get("name").asText()).isEqualTo("com.acme.Order.total");
        assertThat(event.get("pid").asLong()).isEqualTo(4711);
        assertThat(event.get("tid").asLong()).isEqualTo(1);
        assertThat(event.has("args")).isFalse();
    }

    @Test
    void describesTheRecording() throws Exception {
        recording.platformThread(1, "main");
        int method = recording.method("com.acme.Order", "total", "()I");
        recording.method("com.acme.Order", "neverCalled", "()I");
        recording.enter(1, 1, method);

        JsonNode root = JSON.readTree(text("t.json"));

        assertThat(root.get("displayTimeUnit").asText()).isEqualTo("ns");
        JsonNode metadata = root.get("jtracer_metadata");
        assertThat(metadata.get("start").asText()).isEqualTo("2026-11-22T23:55:35.920470516Z");
        assertThat(metadata.get("startNanosSinceEpoch").asLong()).isEqualTo(1795391735920470516L);
        assertThat(metadata.get("startedBy").asText()).isEqualTo("cli (ann, 4712)");
        assertThat(metadata.get("jvm").asText()).startsWith("OpenJDK");
        assertThat(metadata.at("/counts/calls").asLong()).isEqualTo(1);
        assertThat(metadata.at("/counts/open").asLong()).isEqualTo(1);
        assertThat(metadata.get("methods").toString())
                .isEqualTo("{\"com.acme.Order.total\":[\"Order.java\",10]}");
        assertThat(phase(root, "M"))
                .extracting(e -> e.get("name").asText() + " " + e.at("/args/name").asText())
                .containsExactly("process_name com.acme.Shop", "thread_name main");
    }

    @Test
    void saysInArgumentsWhatIsOutOfTheOrdinary() throws Exception {
        int method = recording.method("com.acme.Order", "total", "()I");
        recording.exit(1, 1, method);
        recording.enter(1, 1, method);
        recording.thrown(1, 1, method);
        recording.enter(1, 1, method);
        recording.mark(1, 1, EventWord.MARK_ARGUMENTS, "\0n\0" + "5");

        assertThat(phase(JSON.readTree(text("t.json")), "X"))
                .extracting(e -> e.get("args").toString())
                .containsExactly(
                        "{\"begin\":\"unknown\"}",
                        "{\"exception\":true}",
                        "{\"open\":true,\"n\":\"5\"}");
    }

    @Test
    void showsWhatAThreadWasInsideWithoutInventingAnEnd() throws Exception {
        recording.platformThread(1, "main");
        recording.stack(
                1,
                new StackTraceElement("java.lang.Thread", "sleep", null, -1),
                new StackTraceElement("com.acme.Shop", "main", null, 12));

        JsonNode instant = phase(JSON.readTree(text("t.json")), "i").get(0);

        assertThat(instant.get("tid").asLong()).isEqualTo(1);
        assertThat(instant.at("/args/stack").toString())
                .isEqualTo("[\"java.lang.Thread.sleep\",\"com.acme.Shop.main:12\"]");
    }

    @Test
    void saysOnTheTimelineWhatWasLost() throws Exception {
        SyntheticRecording small = new SyntheticRecording(256, 20, 1_000);
        new RandomProgram(small, 3, 3, 0, 1).run(10_000, true);
        Path file = directory.resolve("lost.json");
        Totals totals;
        try (Recording opened = Recording.open(small.file(directory))) {
            totals = TraceFile.write(opened, file);
        }

        JsonNode root = JSON.readTree(file.toFile());

        assertThat(phase(root, "i").get(0).get("name").asText())
                .isEqualTo(totals.lostCalls() + " calls lost before here");
        assertThat(phase(root, "X").size() + root.at("/jtracer_metadata/counts/lostCalls").asLong())
                .isEqualTo(small.entries);
    }

    @Test
    void survivesHostileNames() throws Exception {
        String name = "</script>\"\\\n\u0001\u2028 \uD83D\uDCA9 \uD83D alone";
        recording.platformThread(1, name);
        int method = recording.method("com.acme.\u00C4rger", name, "()V");
        recording.enter(1, 1, method);
        recording.exit(1, 1, method);
        recording.mark(1, 1, EventWord.MARK_INSTANT, name + "\0" + name + "\0" + name);

        String text = text("t.json");

        String expected = name.replace("\uD83D alone", "\uFFFD alone");
        JsonNode root = JSON.readTree(text);
        assertThat(phase(root, "X").get(0).get("name").asText())
                .isEqualTo("com.acme.\u00C4rger." + name.replace("\uD83D alone", "? alone"));
        assertThat(
                        phase(root, "i")
                                .get(0)
                                .at("/args")
                                .properties()
                                .iterator()
                                .next()
                                .getValue()
                                .asText())
                .isEqualTo(expected);
        assertThat(text).contains("\uD83D\uDCA9").doesNotContain("\\ud83d");
    }

    @Test
    void writesTheSameCompressed() throws Exception {
        new RandomProgram(recording, 9, 2, 5, 2).run(2_000, false);
        Path file = directory.resolve("t.json.gz");
        try (Recording opened = Recording.open(recording.file(directory))) {
            TraceFile.write(opened, file);
        }

        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text("t.json"));
        }
    }

    @Test
    void keepsEveryNanosecond() throws Exception {
        new RandomProgram(recording, 11, 2, 5, 2).run(3_000, false);
        Path jtr = recording.file(directory);

        List<BigDecimal> ends =
                phase(JSON.readTree(text("t.json")), "X").stream()
                        .map(e -> e.get("ts").decimalValue().add(e.get("dur").decimalValue()))
                        .toList();

        assertThat(ends)
                .usingElementComparator(Comparator.naturalOrder())
                .containsExactlyElementsOf(
                        Collected.of(jtr).slices.stream()
                                .map(s -> BigDecimal.valueOf(s.end(), 3))
                                .toList());
    }

    @Test
    void isValidWithoutASingleEvent() throws Exception {
        assertThat(JSON.readTree(text("t.json")).get("traceEvents")).hasSize(1);
    }

    private String text(String name) throws Exception {
        Path file = directory.resolve(name);
        try (Recording opened = Recording.open(recording.file(directory))) {
            TraceFile.write(opened, file);
        }
        return Files.readString(file);
    }

    private static List<JsonNode> phase(JsonNode root, String phase) {
        return StreamSupport.stream(root.get("traceEvents").spliterator(), false)
                .filter(e -> e.get("ph").asText().equals(phase))
                .toList();
    }
}
