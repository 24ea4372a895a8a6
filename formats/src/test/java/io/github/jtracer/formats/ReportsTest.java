package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.formats.Report.ThreadTime;
import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.Collected;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.SyntheticRecording;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {
    @TempDir Path directory;

    private final SyntheticRecording recording = new SyntheticRecording(256, 1000, 1_000);
    private final int outer = recording.method("com.acme.Order", "outer", "()V");
    private final int inner = recording.method("com.acme.Order", "inner", "()V");

    @Test
    void addsUpSelfAndTotalTimes() throws Exception {
        at(0).enter(1, 1, outer);
        at(10).enter(1, 1, inner);
        at(40).exit(1, 1, inner);
        at(50).enter(1, 1, inner);
        at(60).enter(1, 1, inner);
        at(80).exit(1, 1, inner);
        at(90).exit(1, 1, inner);
        at(100).exit(1, 1, outer);

        Report report = report(10, null);

        assertThat(report.methods())
                .extracting(
                        MethodTimes::name,
                        MethodTimes::self,
                        MethodTimes::total,
                        MethodTimes::count)
                .containsExactly(
                        tuple("com.acme.Order.inner", 70L, 70L, 3L),
                        tuple("com.acme.Order.outer", 30L, 100L, 1L));
        assertThat(report.threads().get(0).busy()).isEqualTo(100);
        assertThat(report.methods().get(0).max()).isEqualTo(40);
    }

    @Test
    void laneOfAsynchronousSlicesIsNoThread() throws Exception {
        at(10).mark(1, 1, EventWord.MARK_ASYNC_BEGIN, "http\0" + "1 0\0");
        at(90).mark(1, 1, EventWord.MARK_ASYNC_END, "http get\0" + "1 0\0" + "80");

        Report report = report(10, null);

        assertThat(report.methods()).extracting(MethodTimes::name).containsExactly("http get");
        assertThat(report.threads())
                .extracting(ThreadTime::name, ThreadTime::tid, ThreadTime::threads)
                .containsExactly(tuple("async 1", 0L, 0L));
    }

    @Test
    void givesPercentilesWithinThreePercent() throws Exception {
        for (int i = 1; i <= 1000; i++) {
            recording.enter(1, 1, outer);
            recording.ticks += i * 100L;
            recording.exit(1, 1, outer);
        }

        MethodTimes times = report(0, null).methods().get(0);

        assertThat((double) times.p50()).isBetween(50_000 * 0.97, 50_000 * 1.03);
        assertThat((double) times.p99()).isBetween(99_000 * 0.97, 99_000 * 1.03);
        assertThat(times.max()).isEqualTo(100_000);
    }

    @Test
    void findsTheSlowestCallsWithTheirCallers() throws Exception {
        int slow = recording.method("com.acme.Tax", "lookUp", "()V");
        for (int i = 0; i < 100; i++) {
            recording.enter(1, 1, outer);
            recording.enter(1, 1, inner);
            recording.enter(1, 1, slow);
            recording.ticks += i == 57 ? 1_000_000 : 10;
            recording.exit(1, 1, slow);
            recording.exit(1, 1, inner);
            recording.ticks += 5;
            recording.exit(1, 1, outer);
        }

        Report.SlowCall first = report(3, null).slowest().get(0);

        assertThat(first.name()).isEqualTo("com.acme.Tax.lookUp");
        assertThat(first.begin()).isEqualTo(57 * 15);
        assertThat(first.path()).containsExactly("com.acme.Order.inner", "com.acme.Order.outer");
    }

    @Test
    void showsTheTreeOfAMethod() throws Exception {
        for (int i = 0; i < 5; i++) {
            at(100 * i).enter(1, 1, outer);
            at(100 * i + 10).enter(1, 1, inner);
            at(100 * i + 30).exit(1, 1, inner);
            at(100 * i + 50).exit(1, 1, outer);
        }

        CallNode tree = report(0, "Order.outer").tree();

        assertThat(tree.count()).isEqualTo(5);
        assertThat(tree.total()).isEqualTo(250);
        assertThat(tree.children())
                .extracting(CallNode::name, CallNode::total)
                .containsExactly(tuple("com.acme.Order.inner", 100L));
        assertThat(report(0, "Order.nothing").tree()).isNull();
    }

    @Test
    void isNotOverwhelmedByADeepRecursion() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                recording.ticks++;
                recording.enter(1, 1, outer);
            }
            for (int i = 0; i < 20_000; i++) {
                recording.exit(1, 1, outer);
            }
        }

        Report report = report(5, "Order.outer");

        assertThat(report.methods().get(0).total()).isEqualTo(2 * 19_999);
        assertThat(report.methods().get(0).count()).isEqualTo(40_000);
        ReportData.json(report, new StringWriter());
        assertThat(ReportText.of(report, 10)).contains("com.acme.Order.outer");
    }

    /** Of JSON and Perfetto's format slices come last first. */
    @ParameterizedTest
    @ValueSource(strings = {"t.json", "t.json.gz", "t.html", "t.pftrace"})
    void addsUpTheSameInWhateverOrderSlicesCome(String name) throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            SyntheticRecording random =
                    seed % 2 == 0 ? TestTraces.eventful(seed) : TestTraces.overwritten(seed);
            Path file = TestTraces.write(random, directory, name);

            Report expected = Reports.of(Trace.open(random.file(directory)), 20, null);
            Report actual = Reports.of(Trace.open(file), 20, null);

            assertThat(actual.methods())
                    .extracting(MethodTimes::name, MethodTimes::self, MethodTimes::max)
                    .isEqualTo(
                            expected.methods().stream()
                                    .map(m -> tuple(m.name(), m.self(), m.max()))
                                    .toList());
            assertThat(actual.threads()).containsExactlyInAnyOrderElementsOf(expected.threads());
            // A recording does not know of a recursion through a call of which the begin was lost.
            if (expected.totals().beginUnknown() == 0) {
                assertThat(actual.methods()).isEqualTo(expected.methods());
                assertThat(actual.slowest()).isEqualTo(expected.slowest());
            }
        }
    }

    @Test
    void addsUpWhatTurnsOutNotToNest() throws Exception {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < 100; i++) {
            int from = 100 * (i % 50);
            int until = from + (i % 7 == 0 ? 150 : 50);
            events.append("{\"ph\":\"X\",\"name\":\"f\",\"pid\":1,\"tid\":")
                    .append(i / 50)
                    .append(",\"ts\":")
                    .append(from)
                    .append(",\"dur\":")
                    .append(until - from)
                    .append("},");
        }
        events.setCharAt(events.length() - 1, ']');
        Path file = Files.writeString(directory.resolve("other.json"), events);

        Report report = Reports.of(Trace.open(file), 3, null);

        assertThat(report.methods().get(0).count()).isEqualTo(100);
        assertThat(report.threads()).extracting(Report.ThreadTime::calls).containsExactly(50L, 50L);
        assertThat(report.threads().get(0).busy()).isLessThanOrEqualTo(5_050_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.json", "t.json.gz", "t.html"})
    void saysTheSameOfEveryFormat(String name) throws Exception {
        SyntheticRecording eventful = TestTraces.eventful(3);
        Path file = TestTraces.write(eventful, directory, name);

        Report expected = Reports.of(Trace.open(eventful.file(directory)), 5, "Order.add");
        Report actual = Reports.of(Trace.open(file), 5, "Order.add");

        assertThat(actual.methods()).isEqualTo(expected.methods());
        assertThat(actual.threads()).containsExactlyInAnyOrderElementsOf(expected.threads());
        assertThat(actual.totals()).isEqualTo(expected.totals());
        assertThat(actual.info()).isEqualTo(expected.info());
        assertThat(actual.tree().total()).isEqualTo(expected.tree().total());
    }

    @Test
    void agreesWithAddingUpEverySlice() throws Exception {
        SyntheticRecording random = TestTraces.eventful(8);
        Path file = random.file(directory);
        Collected all = Collected.of(file);

        Report report = Reports.of(Trace.open(file), 0, null);

        List<Collected.Slice> slices =
                Stream.concat(all.slices.stream(), all.own.stream()).toList();
        Map<String, Long> totals =
                slices.stream()
                        .filter(s -> (s.flags() & SliceFlags.RECURSIVE) == 0)
                        .collect(
                                Collectors.groupingBy(
                                        Collected.Slice::name,
                                        Collectors.summingLong(Collected.Slice::duration)));
        for (MethodTimes m : report.methods()) {
            assertThat(m.total()).isEqualTo(totals.getOrDefault(m.name(), 0L));
            assertThat(m.self()).isNotNegative();
        }
        long self = report.methods().stream().mapToLong(MethodTimes::self).sum();
        long busy = report.threads().stream().mapToLong(Report.ThreadTime::busy).sum();
        assertThat(self).isEqualTo(busy);
    }

    @Test
    void readsVizTracersJson() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("viz.json"),
                        """
                        {"traceEvents":[
                        {"ph":"M","pid":8426,"tid":8426,"name":"process_name","args":{"name":"MainProcess"}},
                        {"ph":"M","pid":8426,"tid":8430,"name":"thread_name","args":{"name":"worker-1"}},
                        {"pid":8426,"tid":8430,"ts":2246094546.949,"ph":"X","dur":0.5808649835403117,"name":"builtins.len","cat":"FEE"},
                        {"pid":8426,"tid":8430,"ts":2246094537.134,"ph":"X","dur":14.346472463043022,"name":"K.m (/app/ex.py:8)","args":{"func_args":{"x":"1"},"return_value":"3"},"cat":"FEE"},
                        {"pid":8426,"tid":8430,"ts":2246094551.876,"ph":"i","cat":"INSTANT","name":"hello","args":null,"s":"p"},
                        {"pid":8426,"tid":8430,"ts":2246094556.303,"ph":"C","name":"num","args":{"value":3}}],
                        "viztracer_metadata":{"version":"1.1.1","overflow":false,"baseTimeNanoseconds":1795391735920470516},
                        "file_info":{"files":{},"functions":{}}}
                        """);

        Report report = Reports.of(Trace.open(file), 5, null);

        assertThat(report.methods())
                .extracting(MethodTimes::name, MethodTimes::self, MethodTimes::total)
                .containsExactly(
                        tuple("K.m (/app/ex.py:8)", 13_765L, 14_346L),
                        tuple("builtins.len", 581L, 581L));
        assertThat(report.info().processName()).isEqualTo("MainProcess");
        assertThat(report.threads().get(0).name()).isEqualTo("worker-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n\t", "\uFEFF", "\uFEFF\n"})
    void whiteSpaceAndAByteOrderMarkMayComeBeforeJson(String before) throws Exception {
        String call = "{\"pid\":1,\"tid\":2,\"ts\":1.5,\"ph\":\"X\",\"dur\":2,\"name\":\"f\"}";
        for (String json : List.of("[" + call + "]", "{\n \"traceEvents\" : [ " + call + "]}")) {
            Path file = Files.writeString(directory.resolve("white.json"), before + json);

            assertThat(Reports.of(Trace.open(file), 5, null).methods())
                    .extracting(MethodTimes::name, MethodTimes::total)
                    .containsExactly(tuple("f", 2_000L));
        }
    }

    @Test
    void rendersForPeopleAndPrograms() throws Exception {
        Path file = TestTraces.overwritten(4).file(directory);
        Report report = Reports.of(Trace.open(file), 3, "C1.m1");

        assertThat(ReportText.of(report, 5))
                .contains("calls lost", "slowest calls", "busy", "worker-1", "calls inside");
        StringWriter json = new StringWriter();
        ReportData.json(report, json);
        JsonNode root = new JsonMapper().readTree(json.toString());
        assertThat(root.get("methods")).hasSameSizeAs(report.methods());
        assertThat(root.at("/slowest/0/duration").asLong())
                .isEqualTo(report.slowest().get(0).duration());
        StringWriter csv = new StringWriter();
        ReportData.csv(report, csv);
        assertThat(csv.toString().lines()).hasSize(report.methods().size() + 1);
    }

    @Test
    void refusesWhatIsNoTrace() throws Exception {
        assertRefused("hello", "is not a trace");
        assertRefused("{\"a\":1}", "no trace");
        assertRefused("{\"traceEvents\":[{\"ph\":\"X\"", "not complete JSON");
        assertRefused("<!DOCTYPE html>\n<p>", "holds no complete");
        assertRefused("", "is not a trace");
        assertThatThrownBy(() -> Trace.open(directory.resolve("nowhere.json")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("no file");
    }

    private void assertRefused(String content, String message) throws Exception {
        Path file = Files.writeString(directory.resolve("foreign"), content);
        assertThatThrownBy(() -> Reports.of(Trace.open(file), 0, null))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(message);
    }

    private Report report(int slowest, String treeOf) throws Exception {
        return Reports.of(Trace.open(recording.file(directory)), slowest, treeOf);
    }

    private SyntheticRecording at(long nanosSinceStart) {
        recording.ticks = 1_000 + nanosSinceStart;
        return recording;
    }
}
