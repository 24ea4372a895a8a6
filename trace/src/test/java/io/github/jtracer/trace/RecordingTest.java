package io.github.jtracer.trace;

import static io.github.jtracer.trace.SliceFlags.BEGIN_UNKNOWN;
import static io.github.jtracer.trace.SliceFlags.CUT;
import static io.github.jtracer.trace.SliceFlags.EXCEPTION;
import static io.github.jtracer.trace.SliceFlags.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jtracer.probe.EventWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    private static final int ROOMY = 1 << 20;

    @TempDir Path directory;

    private final SyntheticRecording recording = new SyntheticRecording(256, ROOMY, 1_000);
    private final int a = recording.method("com.acme.Order", "a", "()V");
    private final int b = recording.method("com.acme.Order", "b", "()V");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void showsEveryCallOfPlatformAndVirtualThreadsOnce(long seed) throws Exception {
        SyntheticRecording random = new SyntheticRecording(256, ROOMY, 1_000);
        new RandomProgram(random, seed, 4, 30, 3).run(20_000, true);

        Collected seen = Collected.of(random.file(directory));

        assertThat(seen.slices).hasSize((int) random.entries);
        assertThat(seen.slices)
                .allMatch(s -> (s.flags() & SliceFlags.REMARKABLE & ~EXCEPTION) == 0);
        assertThat(seen.totals.calls()).isEqualTo(random.entries);
        assertThat(seen.totals.threads()).isEqualTo(34);
        assertThat(seen.totals.lostCalls()).isZero();
        assertThat(seen.threads.values().stream().filter(ThreadTrack::virtual)).hasSize(30);
        seen.assertThatSlicesNest();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keptAndLostAreAllCallsWhenChunksAreOverwritten(long seed) throws Exception {
        SyntheticRecording random = new SyntheticRecording(256, 20, 1_000);
        new RandomProgram(random, seed, 3, 20, 3).run(10_000, seed % 2 == 0);

        Collected seen = Collected.of(random.file(directory));

        assertThat(seen.totals.lostCallsBefore()).isPositive();
        assertThat(seen.slices.size() + seen.totals.lostCalls()).isEqualTo(random.entries);
        assertThat(seen.totals.completeFromNanos()).isPositive();
        seen.assertThatSlicesNest();
    }

    @Test
    void followsAVirtualThreadThatComesBackToACarrierThatNoticedNothing() throws Exception {
        recording.mount(10, 500, "fetch");
        at(100).enter(10, 500, a);
        at(200).enter(11, 500, b);
        at(300).exit(11, 500, b);
        at(400).exit(10, 500, a);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slice("com.acme.Order.b").flags()).isZero();
        assertThat(seen.slice("com.acme.Order.a").duration()).isEqualTo(300);
        assertThat(seen.threadNamed("fetch").virtual()).isTrue();
        seen.assertThatSlicesNest();
    }

    @Test
    void namesVirtualThreadsWithoutANameByTheirId() throws Exception {
        at(1).enter(10, 501, a);
        at(2).exit(10, 501, a);

        assertThat(Collected.of(recording.file(directory)).threadNamed("virtual-501").virtual())
                .isTrue();
    }

    @Test
    void pairsARecursionAHundredThousandDeep() throws Exception {
        int depth = 100_000;
        for (int i = 0; i < depth; i++) {
            at(i).enter(1, 1, a);
        }
        for (int i = 0; i < depth; i++) {
            at(depth + i).exit(1, 1, a);
        }

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slices).hasSize(depth);
        assertThat(seen.slices.get(depth - 1).duration()).isEqualTo(2L * depth - 1);
        assertThat(seen.slices.get(0).depth()).isEqualTo(depth - 1);
    }

    @Test
    void marksCallsLeftByAnExceptionAndCallsCutByOne() throws Exception {
        int c = recording.method("com.acme.Order", "c", "()V");
        at(1).enter(1, 1, a);
        at(2).enter(1, 1, b);
        at(3).enter(1, 1, c);
        at(5).thrown(1, 1, b);
        at(9).exit(1, 1, a);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slice("com.acme.Order.c").flags()).isEqualTo(CUT);
        assertThat(seen.slice("com.acme.Order.c").end()).isEqualTo(5);
        assertThat(seen.slice("com.acme.Order.b").flags()).isEqualTo(EXCEPTION);
        assertThat(seen.slice("com.acme.Order.a").flags()).isZero();
        assertThat(seen.totals.thrown()).isEqualTo(1);
        assertThat(seen.totals.cut()).isEqualTo(1);
    }

    @Test
    void showsCallsThatAreOpenAtTheStopUpToTheStop() throws Exception {
        at(10).enter(1, 1, a);
        at(20).enter(1, 1, b);
        recording.ticks = 1_050;

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slices).extracting(Collected.Slice::end).containsExactly(50L, 50L);
        assertThat(seen.slices).allMatch(s -> s.flags() == OPEN);
        assertThat(seen.totals.open()).isEqualTo(2);
    }

    @Test
    void showsACallEnteredBeforeTheStartAroundAllThatCameSince() throws Exception {
        at(10).enter(1, 1, a);
        at(20).exit(1, 1, a);
        at(30).exit(1, 1, b);
        at(40).exit(1, 1, b);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slices).extracting(Collected.Slice::begin).containsExactly(10L, 0L, 0L);
        assertThat(seen.slices).extracting(Collected.Slice::depth).containsExactly(0, -1, -2);
        assertThat(seen.slices.get(2).flags()).isEqualTo(BEGIN_UNKNOWN);
        assertThat(seen.totals.beginUnknown()).isEqualTo(2);
        assertThat(seen.totals.lostCalls()).isZero();
    }

    @Test
    void undoesTheModuloOfTheTicks() throws Exception {
        long nearTheWrap = (5L << EventWord.TIME_BITS) - 50;
        SyntheticRecording wrapping = new SyntheticRecording(4096, 10, nearTheWrap);
        int method = wrapping.method("com.acme.Order", "a", "()V");
        wrapping.enter(1, 1, method);
        wrapping.ticks += 100;
        wrapping.exit(1, 1, method);

        Collected.Slice slice = Collected.of(wrapping.file(directory)).slices.get(0);

        assertThat(slice.begin()).isZero();
        assertThat(slice.duration()).isEqualTo(100);
    }

    @Test
    void turnsTicksOfTheTimeStampCounterIntoNanoseconds() throws Exception {
        at(0).enter(1, 1, a);
        at(3_000_000).exit(1, 1, a);
        recording.header.put(RecordingFormat.HEADER_STOP_TICKS, "3001000");
        recording.header.put(RecordingFormat.HEADER_STOP_NANOS, "1001000");

        assertThat(Collected.of(recording.file(directory)).slices.get(0).duration())
                .isEqualTo(1_000_000);
    }

    @Test
    void keepsCallsOfEqualTimesNested() throws Exception {
        recording.ticks = 1_007;
        recording.enter(1, 1, a);
        recording.enter(1, 1, b);
        recording.exit(1, 1, b);
        recording.exit(1, 1, a);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slices).extracting(Collected.Slice::duration).containsExactly(0L, 0L);
        assertThat(seen.slices).extracting(Collected.Slice::depth).containsExactly(1, 0);
    }

    @Test
    void leavesOutCallsShorterThanTheMinimumAndCountsThem() throws Exception {
        recording.header.put(RecordingFormat.HEADER_MIN_DURATION_NANOS, "50");
        at(0).enter(1, 1, a);
        at(10).enter(1, 1, b);
        at(59).exit(1, 1, b);
        at(60).exit(1, 1, a);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.slices)
                .extracting(Collected.Slice::name)
                .containsExactly("com.acme.Order.a");
        assertThat(seen.totals.tooShort()).isEqualTo(1);
    }

    @Test
    void showsWhatTheApplicationMarked() throws Exception {
        at(1).mark(1, 1, EventWord.MARK_SLICE_BEGIN, "checkout\0cart\0" + "42");
        at(2).enter(1, 1, a);
        at(2).mark(1, 1, EventWord.MARK_ARGUMENTS, "\0id\0" + "7\0empty\0");
        at(3).mark(1, 1, EventWord.MARK_INSTANT, "paid \uD83D\uDCB6\0by\0card");
        at(4).exit(1, 1, a);
        at(5).counter(1, 1, "queue", 2.5);
        at(6).mark(1, 1, EventWord.MARK_SLICE_END, "");

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.own).hasSize(1);
        assertThat(seen.own.get(0).name()).isEqualTo("checkout");
        assertThat(seen.own.get(0).duration()).isEqualTo(5);
        assertThat(seen.own.get(0).arguments()).isEqualTo(Map.of("cart", "42"));
        assertThat(seen.slices.get(0).arguments()).isEqualTo(Map.of("id", "7", "empty", ""));
        assertThat(seen.instants.get(0).name()).isEqualTo("paid \uD83D\uDCB6");
        assertThat(seen.instants.get(0).arguments()).isEqualTo(Map.of("by", "card"));
        assertThat(seen.counters).isEqualTo(Map.of("queue", List.of(2.5)));
    }

    @Test
    void endsAnOwnSliceThatIsClosedInsideACallTogetherWithThatCall() throws Exception {
        at(1).mark(1, 1, EventWord.MARK_SLICE_BEGIN, "request");
        at(2).enter(1, 1, a);
        at(3).mark(1, 1, EventWord.MARK_SLICE_END, "");
        at(8).exit(1, 1, a);

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.own.get(0).end()).isEqualTo(8);
        assertThat(seen.own.get(0).flags()).isZero();
    }

    @Test
    void tellsOverloadsApartByTheirParameters() throws Exception {
        int one = recording.method("com.acme.Order", "add", "(Ljava/lang/String;[[I)V");
        int two = recording.method("com.acme.Order", "add", "(Ljava/util/Map$Entry;J)V");
        for (int method : new int[] {a, one, two}) {
            recording.enter(1, 1, method);
            recording.exit(1, 1, method);
        }

        assertThat(Collected.of(recording.file(directory)).labels.values())
                .containsExactlyInAnyOrder(
                        "com.acme.Order.a",
                        "com.acme.Order.add(String, int[][])",
                        "com.acme.Order.add(Entry, long)");
    }

    @Test
    void showsWhatAThreadWasInsideAtTheStart() throws Exception {
        recording.platformThread(1, "main");
        recording.stack(1, new StackTraceElement("com.acme.Shop", "main", null, 12));

        Collected seen = Collected.of(recording.file(directory));

        assertThat(seen.stacks.get(seen.threadNamed("main").index()))
                .extracting(StackTraceElement::getMethodName)
                .containsExactly("main");
        assertThat(seen.slices).isEmpty();
    }

    private SyntheticRecording at(long nanosSinceStart) {
        recording.ticks = 1_000 + nanosSinceStart;
        return recording;
    }

    @Test
    void asynchronousSlicesBeginAndEndOnAnyThreadAndNestWhereTheyBelong() throws Exception {
        async(1, EventWord.MARK_ASYNC_BEGIN, "http\0" + "7 0\0");
        async(2, EventWord.MARK_ASYNC_BEGIN, "http\0" + "8 0\0");
        async(1, EventWord.MARK_ASYNC_BEGIN, "client\0" + "9 7\0");
        async(3, EventWord.MARK_ASYNC_END, "client get\0" + "9 7\0" + "100\0k\0v");
        async(2, EventWord.MARK_ASYNC_END, "http get /a\0" + "7 0\0" + "300");
        async(1, EventWord.MARK_ASYNC_BEGIN, "late\0" + "10 7\0");
        // its begin was overwritten; the one after it began before the recording
        async(1, EventWord.MARK_ASYNC_END, "lost\0" + "11 0\0" + "250");
        async(1, EventWord.MARK_ASYNC_END, "early\0" + "12 0\0" + "5000");

        Collected trace = Collected.of(recording.file(directory));

        assertThat(trace.own)
                .extracting(
                        slice -> trace.threads.get(slice.thread()).name(),
                        Collected.Slice::name,
                        Collected.Slice::begin,
                        Collected.Slice::duration,
                        Collected.Slice::depth,
                        Collected.Slice::flags)
                .containsExactlyInAnyOrder(
                        tuple("async 1", "early", 0L, 800L, 0, 0),
                        tuple("async 2", "client get", 300L, 100L, 1, 0),
                        tuple("async 2", "http get /a", 100L, 400L, 0, 0),
                        tuple("async 3", "http", 200L, 600L, 0, OPEN),
                        tuple("async 4", "lost", 450L, 250L, 0, 0),
                        tuple("async 2", "late", 600L, 200L, 0, OPEN));
        assertThat(trace.own)
                .filteredOn(slice -> slice.name().equals("client get"))
                .extracting(Collected.Slice::arguments)
                .containsExactly(Map.of("k", "v"));
        assertThat(trace.own)
                .filteredOn(slice -> slice.name().equals("early"))
                .extracting(Collected.Slice::arguments)
                .containsExactly(Map.of("began", "before the recording"));
        assertThat(trace.threads.values()).filteredOn(ThreadTrack::lane).hasSize(4);
        assertThat(trace.totals.threads()).isZero();
    }

    private void async(long thread, int type, String text) {
        recording.ticks += 100;
        recording.mark(thread, thread, type, text);
    }
}
