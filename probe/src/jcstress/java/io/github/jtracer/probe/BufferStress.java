package io.github.jtracer.probe;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The hand-over of chunks, under the memory model. */
final class BufferStress {
    private static final long ONE_CHUNK = 4 << 10;
    private static final long ENTRY = 7L << EventWord.ID_SHIFT;

    private BufferStress() {}

    private static int take(Buffer buffer, ThreadLog log) {
        int chunk = buffer.take(log, 1, 0);
        if (chunk >= 0) {
            log.chunk = chunk;
            log.start = buffer.firstWord(chunk);
            log.cursor = log.start;
        }
        return chunk;
    }

    private static void put(ThreadLog log, int words) {
        for (int i = 0; i < words; i++) {
            Probe.unsafe().putLong(log.cursor, ENTRY);
            log.cursor += Long.BYTES;
        }
    }

    /** One sealed chunk, two takers. */
    @JCStressTest
    @Outcome(id = {"0, -1", "-1, 0"}, expect = Expect.ACCEPTABLE, desc = "One of them has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
    @State
    public static class OneOwner {
        private final Buffer buffer = new Buffer(ONE_CHUNK, true);
        private final ThreadLog one = new ThreadLog(Thread.currentThread());
        private final ThreadLog other = new ThreadLog(Thread.currentThread());

        public OneOwner() {
            ThreadLog first = new ThreadLog(Thread.currentThread());
            buffer.seal(take(buffer, first), 0);
        }

        @Actor
        public void one(II_Result result) {
            result.r1 = buffer.take(one, 1, 0);
        }

        @Actor
        public void other(II_Result result) {
            result.r2 = buffer.take(other, 2, 0);
        }

        @Arbiter
        public void free() {
            buffer.free();
        }
    }

    /** Whoever takes a chunk counts all that its last owner had put there, and blames that one. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was not sealed yet.")
    @Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "Three entries were overwritten.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Counted wrong, or for the wrong owner.")
    @State
    public static class CountedOnce {
        private final Buffer buffer = new Buffer(ONE_CHUNK, true);
        private final ThreadLog owner = new ThreadLog(Thread.currentThread());
        private final ThreadLog taker = new ThreadLog(Thread.currentThread());

        public CountedOnce() {
            take(buffer, owner);
        }

        @Actor
        public void owner() {
            put(owner, 3);
            buffer.seal(owner.chunk, owner.currentWords());
            owner.detach();
        }

        @Actor
        public void taker() {
            buffer.take(taker, 2, 0);
        }

        @Arbiter
        public void count(JJ_Result result) {
            result.r1 = owner.overwrittenEntries();
            result.r2 = taker.overwrittenEntries();
            buffer.free();
        }
    }

    /** Two threads, each a chunk, sealed, and another: kept and overwritten are all there was. */
    @JCStressTest
    @Outcome(id = "6, 0", expect = Expect.ACCEPTABLE, desc = "All six entries are accounted for.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Some are missing, or twice there.")
    @State
    public static class NothingMissing {
        private final Buffer buffer = new Buffer(2 * ONE_CHUNK, true);
        private final ThreadLog one = new ThreadLog(Thread.currentThread());
        private final ThreadLog other = new ThreadLog(Thread.currentThread());

        private void fill(ThreadLog log, int chunks) {
            for (int i = 0; i < chunks; i++) {
                if (log.chunk >= 0) {
                    buffer.seal(log.chunk, log.currentWords());
                    log.detach();
                }
                if (take(buffer, log) >= 0) {
                    put(log, 1);
                } else {
                    log.unrecordedEntries++;
                }
            }
        }

        @Actor
        public void one() {
            fill(one, 3);
        }

        @Actor
        public void other() {
            fill(other, 3);
        }

        @Arbiter
        public void sum(JJ_Result result) {
            long kept = 0;
            for (int chunk = 0; chunk < buffer.chunks(); chunk++) {
                kept += buffer.words(chunk);
            }
            for (ThreadLog log : new ThreadLog[] {one, other}) {
                result.r1 += log.overwrittenEntries() + log.unrecordedEntries;
                result.r2 += log.overwrittenExits();
            }
            result.r1 += kept;
            buffer.free();
        }
    }
}
