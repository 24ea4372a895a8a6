package io.github.jtracer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final int METHOD = 5;
    private static final int SITE = METHOD << EventWord.ID_SHIFT;
    private static final int OTHER_METHOD = 6;
    private static final int OTHER = OTHER_METHOD << EventWord.ID_SHIFT;

    private Recorder recorder;

    private void start(long minTicks, int maxDepth) {
        recorder =
                Recorder.prepare(
                        new Recorder.Options(Clock.NANO, 64 << 10, true, minTicks, maxDepth));
        recorder.start();
    }

    @AfterEach
    void free() {
        if (recorder != null) {
            recorder.stop();
            recorder.free();
        }
    }

    /** What is in the buffer, without the times. */
    private List<Integer> words() {
        List<Integer> words = new ArrayList<>();
        for (Chunk chunk : recorder.chunks()) {
            byte[] bytes = new byte[chunk.words() * Long.BYTES];
            chunk.copyTo(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            while (buffer.hasRemaining()) {
                words.add((int) (buffer.getLong() & (1L << EventWord.TIME_SHIFT) - 1));
            }
        }
        return words;
    }

    @Test
    void aCallIsTwoWords() {
        start(0, 0);
        Probe.enter(METHOD);
        Probe.exit(METHOD);
        Probe.enter(METHOD);
        Probe.thrown(METHOD);
        recorder.stop();

        assertThat(recorder.quiescent()).isTrue();
        assertThat(words())
                .containsExactly(SITE, SITE | EventWord.EXIT, SITE, SITE | EventWord.THROWN);
        assertThat(recorder.progress().words()).isEqualTo(4);
    }

    @Test
    void nothingIsRecordedBeforeTheStartAndAfterTheStop() {
        Probe.enter(METHOD);
        start(0, 0);
        Probe.enter(OTHER_METHOD);
        recorder.stop();
        Probe.exit(OTHER_METHOD);
        Probe.enter(METHOD);

        assertThat(words()).containsExactly(OTHER);
    }

    @Test
    void thereIsOneRecordingAtATime() {
        start(0, 0);
        Recorder second = Recorder.prepare(new Recorder.Options(Clock.NANO, 64 << 10, true, 0, 0));
        assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class);
        second.free();
    }

    @Test
    void aLogOfAnEarlierRecordingStartsAnewInTheNext() {
        start(0, 0);
        Probe.enter(METHOD);
        free();
        start(0, 0);
        Probe.enter(OTHER_METHOD);
        recorder.stop();

        assertThat(words()).containsExactly(OTHER);
        assertThat(recorder.logs()).hasSize(1);
    }

    @Test
    void theRecordingIsNotQuiescentWhileAThreadIsInTheProbe() {
        start(0, 0);
        Probe.enter(METHOD);
        recorder.stop();
        ThreadLog log = recorder.logs().get(0);

        log.enterSlowPath();
        assertThat(recorder.quiescent()).isFalse();
        log.close();
        assertThat(recorder.quiescent()).isTrue();
    }

    @Test
    void whoComesLateToAStoppedRecordingFindsItClosed() throws Throwable {
        start(0, 0);
        recorder.stop();
        recorder.put(null, SITE, 1);

        assertThat(words()).isEmpty();
        assertThat(recorder.quiescent()).isTrue();
    }

    @Test
    void aThreadThatForgotItsLogFindsItAgain() {
        start(0, 0);
        Probe.enter(METHOD);
        ThreadLog.attach(null);
        Probe.exit(METHOD);
        recorder.stop();

        assertThat(recorder.logs()).hasSize(1);
        assertThat(words()).containsExactly(SITE, SITE | EventWord.EXIT);
    }

    @Test
    void aShortCallIsTakenBackAndAMarkNeverIs() {
        start(Long.MAX_VALUE >> EventWord.TIME_SHIFT, 0);
        Probe.enterBounded(METHOD);
        Probe.exitBounded(METHOD);
        Probe.enterBounded(METHOD);
        Probe.caught(METHOD);
        Probe.exitBounded(METHOD);
        recorder.stop();

        assertThat(words())
                .containsExactly(
                        SITE, Marks.site(EventWord.MARK_CAUGHT, 1), SITE, SITE | EventWord.EXIT);
    }

    @Test
    void theDepthCountsCallsThatWereNeverEnded() {
        start(0, 1);
        Probe.enterBounded(METHOD);
        Probe.enterBounded(OTHER_METHOD);
        Probe.caught(METHOD);
        Probe.exitBounded(METHOD);
        Probe.enterBounded(OTHER_METHOD);
        Probe.exitBounded(OTHER_METHOD);
        recorder.stop();

        assertThat(words())
                .containsExactly(
                        SITE,
                        Marks.site(EventWord.MARK_CAUGHT, 1),
                        SITE,
                        SITE | EventWord.EXIT,
                        OTHER,
                        OTHER | EventWord.EXIT);
    }

    @Test
    void aTextIsPaddedWithZerosAndCutWhereItIsTooLong() {
        start(0, 0);
        Probe.mark(EventWord.MARK_INSTANT, "hello");
        Probe.mark(EventWord.MARK_INSTANT, "x".repeat(100_000));
        recorder.stop();

        assertThat(recorder.chunks()).allMatch(chunk -> chunk.words() > 0);
        assertThat(words().get(0)).isEqualTo(Marks.site(EventWord.MARK_INSTANT, 2));
    }
}
