package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.formats.Report.ThreadTime;
import io.github.jtracer.trace.Collected;
import io.github.jtracer.trace.RandomProgram;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.SyntheticRecording;
import io.github.jtracer.trace.ThreadTrack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverterTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "a.json, b.html", "a.json, b.pftrace", "a.json.gz, b.json",
        "a.html, b.json", "a.html, b.pftrace", "a.html.gz, b.html",
        "a.pftrace, b.json", "a.pftrace, b.html", "a.pftrace.gz, b.pftrace",
    })
    void losesNothingOnTheWay(String first, String second) throws Exception {
        for (long seed = 1; seed <= 4; seed++) {
            Path original = TestTraces.eventful(seed).file(directory);
            Path there = directory.resolve(first);
            Path back = directory.resolve(second);

            Converter.convert(original, there);
            Converter.convert(there, back);

            assertThat(everything(back)).containsExactlyInAnyOrderElementsOf(everything(original));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.html", "a.pftrace"})
    void leavesOutWhatIsTooShort(String name) throws Exception {
        SyntheticRecording recording = TestTraces.eventful(5);
        recording.header.put("minDurationNanos", "2000");
        Path original = recording.file(directory);
        Path file = directory.resolve(name);

        Converter.convert(original, file);

        assertThat(collect(file).totals.tooShort()).isGreaterThan(100);
        assertThat(everything(file)).containsExactlyInAnyOrderElementsOf(everything(original));
    }

    /** Longer than the parser's limit; a class file allows 65,535 bytes for each of the two. */
    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.json.gz", "a.html", "a.pftrace"})
    void readsNamesAsLongAsTheyMayBe(String name) throws Exception {
        SyntheticRecording recording = new SyntheticRecording(256, 100, 1_000);
        String types = "Lcom/acme/" + "T".repeat(60_000) + ";";
        int method = recording.method("com.acme.Shop", "m".repeat(65_000), "(" + types + ")V");
        recording.enter(1, 1, method);
        recording.ticks += 100;
        recording.exit(1, 1, method);
        Path original = recording.file(directory);
        Path file = directory.resolve(name);

        Converter.convert(original, file);

        assertThat(everything(file)).containsExactlyInAnyOrderElementsOf(everything(original));
        Path spaced = directory.resolve("foreign.json"); // takes the parser, not the lines
        Converter.convert(file, spaced);
        Files.writeString(spaced, "{ " + Files.readString(spaced).substring(1));
        assertThat(everything(spaced)).hasSameSizeAs(everything(original));
    }

    @Test
    void keepsManyMethodsOnManyThreadsInAPerfettoTrace() throws Exception {
        SyntheticRecording recording = new SyntheticRecording(2048, 1 << 20, 1_000);
        for (int i = 0; i < 20_000; i++) {
            recording.method("com.acme.C" + i, "m", "()V");
        }
        new RandomProgram(recording, 3, 200, 200, 3).run(40_000, true);
        for (int i = 0; i < 20_000; i++) {
            recording.enter(1, 1, i);
            recording.ticks += 1L << i % 34;
            recording.exit(1, 1, i);
        }
        Path original = recording.file(directory);
        Path file = directory.resolve("t.pftrace");

        Converter.convert(original, file);

        assertThat(everything(file)).containsExactlyInAnyOrderElementsOf(everything(original));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.html", "a.pftrace"})
    void keepsWhatIsKnownOfARecordingThatLostCalls(String name) throws Exception {
        SyntheticRecording overwritten = TestTraces.overwritten(2);
        Path original = overwritten.file(directory);
        Path file = directory.resolve(name);

        Converter.convert(original, file);

        Collected expected = Collected.of(original);
        Collected actual = collect(file);
        assertThat(actual.totals).isEqualTo(expected.totals);
        assertThat(actual.info).isEqualTo(expected.info);
        assertThat(actual.slices.size() + actual.totals.lostCalls()).isEqualTo(overwritten.entries);
        actual.assertThatSlicesNest();
        assertThat(labels(actual)).containsExactlyInAnyOrderElementsOf(labels(expected));
    }

    @Test
    void writesPerfettoTracesThatAreSmall() throws Exception {
        SyntheticRecording recording = new SyntheticRecording(2048, 1 << 20, 1_000);
        new RandomProgram(recording, 3, 10, 0, 1).run(50_000, true);
        Path original = recording.file(directory);
        Path json = directory.resolve("t.json");
        Path perfetto = directory.resolve("t.pftrace");
        Converter.convert(original, json);
        Converter.convert(original, perfetto);

        long calls = Collected.of(original).totals.calls();

        assertThat(Files.size(perfetto)).isLessThan(Files.size(json) / 8);
        assertThat(Files.size(perfetto) / calls).isLessThanOrEqualTo(12);
    }

    @Test
    void collapsesStacksToSelfTimes() throws Exception {
        Path original = TestTraces.eventful(6).file(directory);
        Path file = directory.resolve("t.collapsed");

        Converter.convert(original, file);

        long sum =
                Files.readAllLines(file).stream()
                        .mapToLong(
                                line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
        Report report = Reports.of(Trace.open(original), 0, null);
        assertThat(sum)
                .isEqualTo(report.threads().stream().mapToLong(Report.ThreadTime::busy).sum());
        assertThat(Files.readString(file)).contains("checkout;com.acme.Order.add(int);");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesBalancedSpeedscopeProfiles(boolean lossy) throws Exception {
        SyntheticRecording recording = lossy ? TestTraces.overwritten(7) : TestTraces.eventful(7);
        Path file = directory.resolve("t.speedscope.json");

        Converter.convert(recording.file(directory), file);

        JsonNode root = new JsonMapper().readTree(file.toFile());
        assertThat(root.get("profiles")).isNotEmpty();
        for (JsonNode profile : root.get("profiles")) {
            Deque<Integer> open = new ArrayDeque<>();
            long last = profile.get("startValue").asLong();
            for (JsonNode event : profile.get("events")) {
                assertThat(event.get("at").asLong()).isGreaterThanOrEqualTo(last);
                last = event.get("at").asLong();
                if (event.get("type").asText().equals("O")) {
                    open.push(event.get("frame").asInt());
                } else {
                    assertThat(open.pop()).isEqualTo(event.get("frame").asInt());
                }
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void putsSeveralProcessesOnOneClock() throws Exception {
        SyntheticRecording first = TestTraces.eventful(1);
        SyntheticRecording second = TestTraces.eventful(2);
        second.header.put("startEpochNanos", "1795391735920570516");
        second.header.put("main", "com.acme.Bank");
        Path a = TestTraces.write(first, directory, "a.json");
        Path b = TestTraces.write(second, directory, "b.html");
        Path all = directory.resolve("all.json");

        Converter.combine(List.of(b, a), all);

        Collected combined = collect(all);
        Collected one = Collected.of(first.file(directory));
        Collected two = Collected.of(second.file(directory));
        assertThat(combined.slices).hasSize(one.slices.size() + two.slices.size());
        assertThat(combined.threads.values().stream().map(ThreadTrack::pid).distinct()).hasSize(2);
        assertThat(combined.info.processNames().values())
                .contains("com.acme.Shop", "com.acme.Bank");
        assertThat(combined.info.startEpochNanos()).isEqualTo(1795391735920470516L);
        assertThat(combined.own.stream().map(Collected.Slice::begin))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        one.own.stream().map(Collected.Slice::begin),
                                        two.own.stream().map(s -> s.begin() + 100_000))
                                .toList());
        Report report = reportOf(all);
        assertThat(report.methods()).extracting(MethodTimes::name).doesNotHaveDuplicates();
        assertThat(calls(report)).isEqualTo(calls(reportOf(a)) + calls(reportOf(b)));
        assertThat(report.threads())
                .extracting(ThreadTime::name)
                .anyMatch(n -> n.contains("(pid "));
        Path page = directory.resolve("all.html");
        Converter.combine(List.of(b, a), page);
        assertThat(reportOf(page).methods()).isEqualTo(report.methods());
    }

    private static Report reportOf(Path file) throws Exception {
        try (Trace trace = Trace.open(file)) {
            return Reports.of(trace, 5, null);
        }
    }

    private static long calls(Report report) {
        return report.methods().stream().mapToLong(MethodTimes::count).sum();
    }

    @Test
    void saysWhatCostsMore() throws Exception {
        Report before = Reports.of(trace(10, 100), 0, null);
        Report after = Reports.of(trace(20, 150), 0, null);

        List<Difference> differences = Difference.between(before, after);

        assertThat(differences.get(0).name()).isEqualTo("com.acme.Order.slow");
        assertThat(differences.get(0).cost()).isEqualTo(20 * 150 - 10 * 100);
        assertThat(Difference.text(differences, 10)).contains("+2.000 us", "x 1.50", "+10");
    }

    @Test
    void refusesANameThatSaysNoFormat() throws Exception {
        Path original = TestTraces.eventful(1).file(directory);

        assertThatThrownBy(() -> Converter.convert(original, directory.resolve("t.xyz")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("End the name in");
        assertThat(directory.resolve("t.xyz")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.json.gz", "a.html", "a.pftrace"})
    void neverFailsOtherwiseOnDamagedFiles(String name) throws Exception {
        Path file = directory.resolve(name);
        Converter.convert(TestTraces.eventful(1).file(directory), file);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(7);
        int from = name.endsWith(".html") ? bytes.length / 8 : 0;
        for (int i = 0; i < 60; i++) {
            byte[] wrong =
                    i % 2 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            for (int j = 0; i % 2 == 1 && j < 3; j++) {
                wrong[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
            }
            Files.write(file, wrong);
            try (Trace trace = Trace.open(file)) {
                Reports.of(trace, 3, null);
            } catch (RecordingException e) {
                assertThat(e.getMessage()).endsWith(".");
            }
        }
    }

    private Trace trace(int calls, int nanos) throws IOException {
        SyntheticRecording recording = new SyntheticRecording(256, 100, 1_000);
        int slow = recording.method("com.acme.Order", "slow", "()V");
        for (int i = 0; i < calls; i++) {
            recording.enter(1, 1, slow);
            recording.ticks += nanos;
            recording.exit(1, 1, slow);
        }
        return Trace.open(recording.file(directory));
    }

    private static Collected collect(Path file) throws IOException {
        Collected collected = new Collected();
        try (Trace trace = Trace.open(file)) {
            trace.replay(collected);
        }
        return collected;
    }

    private static List<String> labels(Collected collected) {
        return collected.slices.stream().map(s -> s.name() + s.end()).toList();
    }

    /** All that a trace says, a line each, whatever the order. */
    private static List<String> everything(Path file) throws IOException {
        Collected c = collect(file);
        return Stream.of(
                        Stream.of(c.info.toString(), c.totals.toString()),
                        c.threads.values().stream().map(t -> tid(c, t.index()) + name(t)),
                        c.slices.stream().map(s -> slice(c, s)),
                        c.own.stream().map(s -> "own " + slice(c, s)),
                        c.instants.stream()
                                .map(i -> tid(c, i.thread()) + i.name() + i.time() + i.arguments()),
                        c.counters.entrySet().stream().map(Object::toString),
                        c.stacks.entrySet().stream().map(s -> tid(c, s.getKey()) + s.getValue()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String name(ThreadTrack t) {
        return t.name() + t.virtual() + t.ended() + t.pid();
    }

    private static String slice(Collected c, Collected.Slice s) {
        int flags = s.flags() & SliceFlags.REMARKABLE;
        return tid(c, s.thread())
                + s.name()
                + " "
                + s.begin()
                + "-"
                + s.end()
                + " "
                + s.depth()
                + " "
                + flags
                + s.arguments();
    }

    private static String tid(Collected c, int thread) {
        return c.threads.get(thread).tid() + " ";
    }
}
