package io.github.jtracer.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * One recording as the probes see it: the buffer and the logs of all threads that write to it.
 *
 * <p>Life: {@link #start} makes it the active one; {@link #stop} makes every probe a no-op at its
 * next event; {@link #quiescent} says when the last event is in; {@link #chunks} and the logs are
 * read; {@link #free} gives the memory back. The agent calls these one after the other from one
 * thread.
 */
public final class Recorder {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long LOGS = UNSAFE.objectFieldOffset(Recorder.class, "logs");

    /** Memory that threads may still write to. Here, because a boot class is never unloaded. */
    private static final List<Object> LEAKED = new ArrayList<>();

    private static volatile Recorder active;
    private static long lastNumber;

    /** The logs, newest first; linked here so that no log keeps another one alive. */
    private record Node(ThreadLog log, Node next) {}

    private final long number;
    private final Buffer buffer;
    private final Clock clock;
    private final long minTicks;
    private final int maxDepth;
    private volatile Node logs;

    /** What logs that were dropped from the list had counted. Written by pruneEnded() only. */
    private volatile EndedLogs ended = EndedLogs.NONE;

    private Recorder(long number, Options options) {
        this.number = number;
        this.clock = options.clock();
        this.minTicks = options.minTicks();
        this.maxDepth = options.maxDepth();
        this.buffer = new Buffer(options.bufferBytes(), options.overwrite(), options.memory());
    }

    /**
     * How to record.
     *
     * @param clock where times come from; must be what the woven methods call
     * @param bufferBytes size of the buffer
     * @param overwrite whether a full buffer gives up its oldest events for the newest
     * @param minTicks calls shorter than this are taken back; 0: none
     * @param maxDepth calls nested deeper than this are not recorded; 0: no limit
     * @param memory address of so many zeros that outlive the process, which the caller gives and
     *     takes back; 0: the buffer has memory of its own
     */
    public record Options(
            Clock clock,
            long bufferBytes,
            boolean overwrite,
            long minTicks,
            int maxDepth,
            long memory) {

        public Options(
                Clock clock, long bufferBytes, boolean overwrite, long minTicks, int maxDepth) {
            this(clock, bufferBytes, overwrite, minTicks, maxDepth, 0);
        }
    }

    /**
     * Allocates the buffer. Nothing is recorded before {@link #start}; {@link #touch} comes before
     * that.
     *
     * @throws OutOfMemoryError if there is no memory for the buffer
     */
    public static synchronized Recorder prepare(Options options) {
        return new Recorder(++lastNumber, options);
    }

    /** Makes the system hand out the buffer's memory: takes milliseconds for a few megabytes. */
    public void touch() {
        buffer.touch();
    }

    public static Recorder active() {
        return active;
    }

    /**
     * @throws IllegalStateException if another one is active
     */
    public void start() {
        synchronized (Recorder.class) {
            if (active != null) {
                throw new IllegalStateException("a recording is active");
            }
            active = this;
        }
    }

    /** From now on no new event is begun. Those that are being written may still arrive. */
    public void stop() {
        synchronized (Recorder.class) {
            if (active == this) {
                active = null;
            }
        }
        // A thread in its slow path opens its log and then looks at `active`; this writes `active`
        // and then closes all logs. One of the two sees the other.
        UNSAFE.fullFence();
        closeLogs();
    }

    /** Sends every thread to a new chunk at its next event, so that no chunk becomes too old. */
    public void retireChunks() {
        closeLogs();
    }

    private void closeLogs() {
        for (Node node = logs; node != null; node = node.next) {
            node.log.limit(0);
        }
    }

    /**
     * Whether all that was recorded has been written and nobody will touch the buffer again. Means
     * something after {@link #stop} and a safepoint since.
     */
    public boolean quiescent() {
        for (Node node = logs; node != null; node = node.next) {
            if (node.log.recording == number && node.log.busy()) {
                return false;
            }
        }
        return true;
    }

    /** Gives the buffer's memory back. Only when {@link #quiescent}. */
    public void free() {
        buffer.free();
        logs = null;
    }

    /** Instead of giving the memory of {@link Options#memory} back where it is not quiescent. */
    public static synchronized void leak(Object memory) {
        LEAKED.add(memory);
    }

    /**
     * Drops the logs of ended threads that have nothing in the buffer any more, so that a recording
     * of hours in a process that starts threads all the time does not grow. From one thread only.
     */
    public void pruneEnded() {
        Node head = logs;
        Set<ThreadLog> owning = buffer.owners();
        Node kept = null;
        EndedLogs sum = ended;
        for (Node node = head; node != null; node = node.next) {
            ThreadLog log = node.log;
            if (log.carrier().isAlive() || owning.contains(log)) {
                kept = new Node(log, kept);
            } else {
                sum = sum.plus(log);
            }
        }
        // If a thread has joined meanwhile, the next round will do.
        if (sum != ended && UNSAFE.compareAndSetReference(this, LOGS, head, kept)) {
            ended = sum;
        }
    }

    /** What logs that are no longer listed had counted. */
    public EndedLogs ended() {
        return ended;
    }

    /** All logs of this recording. */
    public List<ThreadLog> logs() {
        List<ThreadLog> all = new ArrayList<>();
        for (Node node = logs; node != null; node = node.next) {
            all.add(node.log);
        }
        return all;
    }

    /** The chunks that have events: each carrier's in order, carriers one after the other. */
    public List<Chunk> chunks() {
        List<Chunk> all = new ArrayList<>();
        for (int i = 0; i < buffer.chunks(); i++) {
            if (buffer.words(i) > 0) {
                all.add(Chunk.of(buffer, i));
            }
        }
        all.sort(Comparator.comparingLong(Chunk::carrierId).thenComparingLong(Chunk::sequence));
        return all;
    }

    public long bufferBytes() {
        return buffer.size();
    }

    public int chunkBytes() {
        return buffer.chunkBytes();
    }

    /** Bytes of the buffer that have been handed out. */
    public long usedBytes() {
        return Math.min(buffer.taken(), buffer.chunks()) * buffer.chunkBytes();
    }

    public Clock clock() {
        return clock;
    }

    long number() {
        return number;
    }

    int maxDepth() {
        return maxDepth;
    }

    /**
     * The longest payload that a mark can have here: a chunk holds it, a name and the next event.
     */
    int maxMarkWords() {
        return Math.min(
                EventWord.MARK_MAX_PAYLOAD,
                (buffer.chunkBytes() - ChunkHeader.BYTES) / Long.BYTES - 32);
    }

    /**
     * Records one event by the long way: makes room first.
     *
     * @param log the carrier's log, or null if it has none yet
     */
    void put(ThreadLog log, int site, long ticks) throws Throwable {
        ThreadLog own = log == null ? logOfCarrier() : log;
        try {
            if (!join(own)) {
                return;
            }
            if (room(own, 1, ticks)) {
                UNSAFE.putLong(own.cursor, ticks << EventWord.TIME_SHIFT | site);
                own.cursor += Long.BYTES;
            } else {
                drop(own, site);
            }
        } finally {
            own.close();
        }
    }

    /** Room for a mark and its first word; 0 if there is none. The caller commits it. */
    long reserveMark(int site, int words) {
        ThreadLog log = ThreadLog.current();
        if (log != null && log.muted) {
            return 0;
        }
        try {
            log = log == null ? logOfCarrier() : log;
            if (join(log) && room(log, words, clock.now())) {
                long ticks = clock.now();
                UNSAFE.putLong(log.cursor, ticks << EventWord.TIME_SHIFT | site);
                UNSAFE.putLong(buffer.address(log.chunk) + ChunkHeader.MARKS, 1);
                return log.cursor;
            }
        } catch (Throwable dropped) {
            // As in the probe: nothing may come out of it.
        }
        if (log != null) {
            log.close();
        }
        return 0;
    }

    void commitMark(int words) {
        ThreadLog log = ThreadLog.current();
        log.cursor += (long) words * Long.BYTES;
        log.floor = log.cursor;
        log.close();
    }

    /**
     * The carrier's log. Some pools make their threads forget all thread locals after each task;
     * the log is then found again, so that its chunk is not given up half empty.
     */
    private ThreadLog logOfCarrier() throws Throwable {
        Thread carrier = Carrier.current();
        ThreadLog log = null;
        for (Node node = logs; node != null && log == null; node = node.next) {
            log = node.log.carrier() == carrier ? node.log : null;
        }
        log = log == null ? new ThreadLog(carrier) : log;
        ThreadLog.attach(log);
        return log;
    }

    /**
     * Opens the log for the slow path. Whether this recording is still the active one: if not, its
     * buffer may have been freed since the caller looked. If it is, whoever stops it sees that the
     * log is busy.
     */
    private boolean join(ThreadLog log) {
        log.enterSlowPath();
        if (log.recording != number) {
            log.join(number, minTicks);
            register(log);
        }
        return active == this;
    }

    private void register(ThreadLog log) {
        Node head;
        Node node;
        do {
            head = logs;
            node = new Node(log, head);
        } while (!UNSAFE.compareAndSetReference(this, LOGS, head, node));
    }

    /** Makes the log's cursor point at room for so many words of the running thread. */
    private boolean room(ThreadLog log, int words, long ticks) {
        long threadId = Carrier.currentThreadId();
        long bytes = (long) words * Long.BYTES;
        String name = virtualName(log, threadId);
        int nameWords = name == null ? 0 : Marks.nameWords(name);
        int switchWords = log.threadId == threadId ? 0 : 2 + nameWords;
        long limit = log.limit();
        if (limit != 0 && log.cursor + bytes + (long) switchWords * Long.BYTES <= limit) {
            if (switchWords != 0) {
                switchThread(log, threadId, name, ticks);
            }
            return true;
        }
        seal(log);
        int chunk = buffer.take(log, threadId, ticks);
        if (chunk < 0) {
            return false;
        }
        log.threadId = threadId;
        log.start = buffer.firstWord(chunk);
        log.cursor = log.start;
        log.floor = log.start;
        log.chunk = chunk;
        log.limit(buffer.end(chunk));
        if (nameWords != 0) {
            switchThread(log, threadId, name, ticks);
        }
        UNSAFE.fullFence();
        if (active != this) {
            log.limit(0);
        }
        return true;
    }

    private void seal(ThreadLog log) {
        if (log.chunk >= 0) {
            log.filledWords += log.currentWords();
            buffer.seal(log.chunk, log.currentWords());
            log.detach();
        }
    }

    /** The name to record with the running thread's events, or null if it is a carrier's own. */
    private static String virtualName(ThreadLog log, long threadId) {
        if (!Carrier.VIRTUAL_THREADS || threadId == Carrier.threadId(log.carrier())) {
            return null;
        }
        return Thread.currentThread().getName();
    }

    private void switchThread(ThreadLog log, long threadId, String name, long ticks) {
        int nameWords = name == null ? 0 : Marks.nameWords(name);
        int site = Marks.site(EventWord.MARK_THREAD, 1 + nameWords);
        UNSAFE.putLong(log.cursor, ticks << EventWord.TIME_SHIFT | site);
        UNSAFE.putLong(log.cursor + Long.BYTES, threadId);
        if (nameWords != 0) {
            Marks.putText(log.cursor + 2 * Long.BYTES, name, nameWords);
        }
        UNSAFE.putLong(buffer.address(log.chunk) + ChunkHeader.MARKS, 1);
        log.cursor += (2L + nameWords) * Long.BYTES;
        log.floor = log.cursor;
        log.threadId = threadId;
    }

    private static void drop(ThreadLog log, int site) {
        int kind = site & EventWord.KIND_MASK;
        if (kind == EventWord.ENTER) {
            log.unrecordedEntries++;
        } else if (kind != EventWord.MARK) {
            log.unrecordedExits++;
        }
    }

    /** What the logs have counted up to now. A racy look while recording, exact when quiescent. */
    public Progress progress() {
        EndedLogs gone = ended;
        long words = gone.words();
        long overwritten = gone.overwrittenEntries();
        long unrecorded = gone.unrecordedEntries();
        int threads = gone.threads();
        for (Node node = logs; node != null; node = node.next) {
            ThreadLog log = node.log;
            words += log.filledWords + log.currentWords();
            overwritten += log.overwrittenEntries();
            unrecorded += log.unrecordedEntries;
            threads++;
        }
        return new Progress(words, threads, overwritten + unrecorded);
    }

    /**
     * How far a recording is.
     *
     * @param words written so far, also those overwritten since: two a call, and a few more
     * @param threads carriers that recorded something
     * @param lostCalls calls whose entry was overwritten or found no room
     */
    public record Progress(long words, int threads, long lostCalls) {}
}
