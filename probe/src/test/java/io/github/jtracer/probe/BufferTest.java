package io.github.jtracer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BufferTest {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int CHUNKS = 4;
    private static final int CHUNK_BYTES = 4 << 10;

    private final List<Buffer> buffers = new ArrayList<>();

    private Buffer buffer(boolean overwrite) {
        Buffer buffer = new Buffer((long) CHUNKS * CHUNK_BYTES, overwrite);
        buffers.add(buffer);
        return buffer;
    }

    @AfterEach
    void free() {
        buffers.forEach(Buffer::free);
    }

    private static ThreadLog log() {
        return new ThreadLog(Thread.currentThread());
    }

    private static ThreadLog ofEndedThread() throws InterruptedException {
        Thread ended = new Thread(() -> {});
        ended.start();
        ended.join();
        return new ThreadLog(ended);
    }

    /** Takes a chunk and fills it with so many entries and exits. */
    private static int fill(Buffer buffer, ThreadLog log, int calls) {
        int chunk = buffer.take(log, 1, 100);
        long at = buffer.firstWord(chunk);
        for (int i = 0; i < calls; i++) {
            UNSAFE.putLong(at + 16L * i, 7L << EventWord.ID_SHIFT);
            UNSAFE.putLong(at + 16L * i + 8, 7L << EventWord.ID_SHIFT | EventWord.EXIT);
        }
        log.chunk = chunk;
        log.start = at;
        log.cursor = at + 16L * calls;
        return chunk;
    }

    @Test
    void chunksAreHandedOutInTheOrderInWhichTheyLie() {
        Buffer buffer = buffer(true);
        for (int i = 0; i < CHUNKS; i++) {
            assertThat(buffer.take(log(), 1, 0)).isEqualTo(i);
        }
        assertThat(buffer.size()).isEqualTo(CHUNKS * CHUNK_BYTES);
    }

    @Test
    void aChunkThatIsBeingWrittenIsNobodyElses() {
        Buffer buffer = buffer(true);
        for (int i = 0; i < CHUNKS; i++) {
            buffer.take(log(), 1, 0);
        }
        assertThat(buffer.take(log(), 1, 0)).isEqualTo(-1);
    }

    @Test
    void theChunkThatWasBegunFirstIsOverwrittenFirstAndWhatItHeldIsCounted() {
        Buffer buffer = buffer(true);
        ThreadLog first = log();
        int chunk = fill(buffer, first, 10);
        buffer.seal(chunk, first.currentWords());
        for (int i = 1; i < CHUNKS; i++) {
            buffer.take(log(), 1, 0);
        }

        assertThat(buffer.take(log(), 1, 0)).isEqualTo(chunk);
        assertThat(first.overwrittenEntries()).isEqualTo(10);
        assertThat(first.overwrittenExits()).isEqualTo(10);
    }

    @Test
    void theChunkOfAThreadThatHasEndedIsOverwrittenThoughNobodySealedIt() throws Exception {
        Buffer buffer = buffer(true);
        ThreadLog ended = ofEndedThread();
        int chunk = fill(buffer, ended, 3);
        for (int i = 1; i < CHUNKS; i++) {
            buffer.take(log(), 1, 0);
        }

        assertThat(buffer.take(log(), 1, 0)).isEqualTo(chunk);
        assertThat(ended.overwrittenEntries()).isEqualTo(3);
    }

    @Test
    void whatIsNotACallIsNotCountedAsLost() {
        Buffer buffer = buffer(true);
        ThreadLog log = log();
        int chunk = fill(buffer, log, 2);
        UNSAFE.putLong(log.cursor, Marks.site(EventWord.MARK_THREAD, 2));
        UNSAFE.putLong(log.cursor + 8, 1);
        UNSAFE.putLong(log.cursor + 16, 2);
        UNSAFE.putLong(buffer.address(chunk) + ChunkHeader.MARKS, 1);
        buffer.seal(chunk, log.currentWords() + 3);
        for (int i = 0; i < CHUNKS; i++) {
            buffer.take(log(), 1, 0);
        }

        assertThat(log.overwrittenEntries()).isEqualTo(2);
        assertThat(log.overwrittenExits()).isEqualTo(2);
    }

    @Test
    void aBufferThatStopsGivesEachChunkOnce() {
        Buffer buffer = buffer(false);
        for (int i = 0; i < CHUNKS; i++) {
            int chunk = buffer.take(log(), 1, 0);
            buffer.seal(chunk, 0);
        }
        assertThat(buffer.take(log(), 1, 0)).isEqualTo(-1);
    }

    @Test
    void noTwoThreadsHaveOneChunkAtATime() throws Exception {
        Buffer buffer = buffer(true);
        int[] owners = new int[CHUNKS];
        CountDownLatch wrong = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 1; t <= 3; t++) {
            int me = t;
            Thread thread =
                    new Thread(
                            () -> {
                                ThreadLog log = log();
                                for (int i = 0; i < 50_000; i++) {
                                    int chunk = buffer.take(log, me, 0);
                                    if (chunk >= 0) {
                                        owners[chunk] = me;
                                        Thread.onSpinWait();
                                        if (owners[chunk] != me) {
                                            wrong.countDown();
                                        }
                                        buffer.seal(chunk, 0);
                                    }
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong.getCount()).isEqualTo(1);
    }
}
