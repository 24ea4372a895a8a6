package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jtracer.trace.Collected;
import io.github.jtracer.trace.RandomProgram;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.SyntheticRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Perfetto's own trace processor finds in our files what the recording says, and nothing wrong. */
class PerfettoTest {
    private static final Path PROCESSOR =
            Path.of(
                    System.getenv()
                            .getOrDefault(
                                    "XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
                    "jtracer-tests",
                    "perfetto-v55.3");
    private static final Path SCRIPT = Path.of("src/test/perfetto/query.mjs");

    private static final String ERRORS =
            "select name, value from stats where value > 0 and severity in ('error', 'data_loss')";

    private static final String SLICES =
            """
            select coalesce(thread.name, above.name, track.name), slice.name, slice.ts, slice.dur,
                (select group_concat(key || '=' || display_value, ', ') from
                    (select * from args where args.arg_set_id = slice.arg_set_id order by key)
                 where key glob 'debug.*' or key glob 'args.*')
            from slice join track on track.id = slice.track_id
                left join track above on above.id = track.parent_id
                left join thread_track on thread_track.id = track.id left join thread using (utid)
            where coalesce(slice.category, '') != 'jtracer'
            """;

    private static final String COUNTERS =
            "select t.name, value from counter join counter_track t on t.id = counter.track_id";

    private static final String PROCESSES = "select pid, name from process where pid > 0";

    @TempDir Path directory;

    @BeforeEach
    void needsPerfetto() {
        assumeThat(PROCESSOR)
                .as("Perfetto's trace processor; .ci/install-perfetto fetches it")
                .isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {".json", ".json.gz", ".pftrace", ".pftrace.gz"})
    void findsEveryCallAndEverythingElse(String ending) throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            Path recording = TestTraces.eventful(seed).file(directory);

            JsonNode answers = assertFound(recording, ending);

            // Of JSON's counters Perfetto adds the argument's name.
            assertThat(answers.get(2).toString()).matches("\\[\\[\"queue( value)?\",2.5]]");
            assertThat(answers.get(3).toString()).isEqualTo("[[\"4711\",\"com.acme.Shop\"]]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".json", ".pftrace"})
    void findsEveryCallOfMoreThreadsThanThereAreClocks(String ending) throws Exception {
        SyntheticRecording recording = new SyntheticRecording(1024, 1 << 20, 1_000);
        new RandomProgram(recording, 9, 150, 300, 4).run(20_000, true);

        assertFound(recording, ending);
    }

    @ParameterizedTest
    @ValueSource(strings = {".json", ".pftrace"})
    void findsEveryCallThatWasLongEnough(String ending) throws Exception {
        SyntheticRecording recording = new SyntheticRecording(1024, 1 << 20, 1_000);
        recording.header.put("minDurationNanos", "2000");
        new RandomProgram(recording, 10, 4, 40, 4).run(10_000, true);

        assertFound(recording, ending);
    }

    @ParameterizedTest
    @ValueSource(strings = {".json", ".pftrace"})
    void findsWhatIsKnownOfARecordingThatLostCalls(String ending) throws Exception {
        assertFound(TestTraces.overwritten(3), ending);
    }

    @ParameterizedTest
    @ValueSource(strings = {".json", ".pftrace"})
    void findsTheDurationsOfVeryDeepCalls(String ending) throws Exception {
        SyntheticRecording recording = new SyntheticRecording(1024, 1 << 20, 1_000);
        recording.platformThread(1, "main");
        int down = recording.method("com.acme.Deep", "down", "()V");
        for (int i = 0; i < 1_700; i++) {
            recording.enter(1, 1, down);
            recording.ticks += 10;
        }
        for (int i = 0; i < 1_700; i++) {
            recording.ticks += 5;
            recording.exit(1, 1, down);
        }

        assertFound(recording, ending);
    }

    @Test
    void findsTheOddNames() throws Exception {
        assertFound(Path.of("src/test/resources/golden/odd.jtr"), ".pftrace");
    }

    private void assertFound(SyntheticRecording recording, String ending) throws Exception {
        assertFound(recording.file(directory), ending);
    }

    private JsonNode assertFound(Path recording, String ending) throws Exception {
        Path trace = directory.resolve("t" + ending);
        Converter.convert(recording, trace);

        JsonNode answers = ask(trace);

        Collected expected = Collected.of(recording);
        long start = ending.startsWith(".json") ? 0 : expected.info.startEpochNanos();
        assertThat(answers.get(0).toString()).as("errors").isEqualTo("[]");
        List<String> found = new ArrayList<>();
        answers.get(1).forEach(row -> found.add(found(row, start)));
        found.sort(null);
        assertThat(found).isEqualTo(expected(expected));
        return answers;
    }

    private JsonNode ask(Path trace) throws Exception {
        String request =
                new JsonMapper()
                        .writeValueAsString(
                                List.of(
                                        Map.of(
                                                "file",
                                                trace.toString(),
                                                "queries",
                                                List.of(ERRORS, SLICES, COUNTERS, PROCESSES))));
        Path requests = Files.writeString(directory.resolve("requests"), request);
        Path answers = directory.resolve("answers");
        Path log = directory.resolve("log");
        Process node =
                new ProcessBuilder("node", SCRIPT.toString(), PROCESSOR.toString())
                        .redirectInput(requests.toFile())
                        .redirectOutput(answers.toFile())
                        .redirectError(log.toFile())
                        .start();
        assertThat(node.waitFor()).as(Files.readString(log)).isZero();
        return new JsonMapper().readTree(answers.toFile()).get(0);
    }

    private static String found(JsonNode row, long start) {
        long begin = row.get(2).asLong() - start;
        String arguments =
                row.get(4)
                        .asText("")
                        .replace("args.", "")
                        .replace("debug.", "")
                        .replace("null", "");
        return line(
                row.get(0).asText(), row.get(1).asText(), begin, row.get(3).asLong(), arguments);
    }

    private static List<String> expected(Collected c) {
        List<String> expected = new ArrayList<>();
        for (Collected.Slice s : c.slices) {
            expected.add(line(c, s));
        }
        for (Collected.Slice s : c.own) {
            expected.add(line(c, s));
        }
        for (Collected.Instant i : c.instants) {
            Collected.Slice s =
                    new Collected.Slice(i.thread(), i.name(), i.time(), 0, 0, 0, i.arguments());
            expected.add(line(c, s));
        }
        expected.sort(null);
        return expected;
    }

    private static String line(Collected c, Collected.Slice s) {
        Map<String, String> arguments = new TreeMap<>(s.arguments());
        flag(arguments, s, SliceFlags.OPEN, "open", "true");
        flag(arguments, s, SliceFlags.BEGIN_UNKNOWN, "begin", "unknown");
        flag(arguments, s, SliceFlags.EXCEPTION, "exception", "true");
        flag(arguments, s, SliceFlags.CUT, "cut", "true");
        String all = arguments.toString();
        String thread = c.threads.get(s.thread()).name();
        return line(thread, s.name(), s.begin(), s.duration(), all.substring(1, all.length() - 1));
    }

    private static void flag(
            Map<String, String> arguments,
            Collected.Slice slice,
            int flag,
            String key,
            String value) {
        if ((slice.flags() & flag) != 0) {
            arguments.put(key, value);
        }
    }

    /** Where the begin is unknown it may be some nanoseconds earlier, so that callers enclose. */
    private static String line(
            String thread, String name, long begin, long duration, String arguments) {
        String times = begin + " to " + (begin + duration);
        if (arguments.contains("begin=unknown")) {
            times = "to " + (begin + duration);
        }
        return thread + ": " + name + " " + times + " {" + arguments + "}";
    }
}
