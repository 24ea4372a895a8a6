package io.github.jtracer.probe;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Contended;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Where one carrier thread writes: its place in its current chunk.
 *
 * <p>Who may write what. The owner writes everything but {@code limit}, which the recorder sets to
 * 0 to make the owner take the slow path at its next event (a stop, or a chunk that has become too
 * old). The owner reads it opaquely, so that no compiler hoists it out of a loop.
 *
 * <p>What makes it safe to free the buffer: after a stop the recorder has set every {@code limit}
 * to 0 and let a safepoint pass (each unweaving is one). No thread may then still be between having
 * read its old limit and its last store. Code that the JIT's last tier compiled cannot be: {@link
 * #put} is straight-line code without a safepoint, so at the safepoint it was before or behind it.
 * The interpreter can stop between any two bytecodes, so outside of the last tier the store is made
 * under {@code busy}, with the limit read once more: the recorder waits until that is clear. The
 * question which of the two runs is asked behind everything that could fall back from compiled code
 * into the interpreter. An asynchronous exception can leave {@code busy} set until the thread's
 * next event; the buffer is then freed later.
 */
@Contended
public final class ThreadLog {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final ThreadLocal<ThreadLog> LOGS = Carrier.threadLocal();
    private static final long LIMIT = UNSAFE.objectFieldOffset(ThreadLog.class, "limit");
    private static final long BUSY = UNSAFE.objectFieldOffset(ThreadLog.class, "busy");
    private static final long OVERWRITTEN_ENTRIES =
            UNSAFE.objectFieldOffset(ThreadLog.class, "overwrittenEntries");
    private static final long OVERWRITTEN_EXITS =
            UNSAFE.objectFieldOffset(ThreadLog.class, "overwrittenExits");

    /** Address of the next word. */
    long cursor;

    /** Address behind the chunk's last word; 0 where the slow path must be taken. */
    private long limit;

    private int busy;

    /** Id of the thread that the words written now belong to: the carrier, or what it carries. */
    long threadId;

    /** Calls shorter than this, in ticks, are taken back; 0: none. */
    long minTicks;

    /** Whether nothing of this thread is recorded: it is the tracer's own. */
    boolean muted;

    /** Address of the chunk's first word. */
    long start;

    /** No word before this address is an entry that can be taken back. */
    long floor;

    /** The chunk's index, or -1. */
    int chunk = -1;

    /** Number of the recording that this log takes part in; no reference, to keep nothing alive. */
    long recording;

    /** Words in the chunks that this log has filled. */
    long filledWords;

    /** Entries and exits for which there was no chunk. Written by the owner. */
    long unrecordedEntries;

    long unrecordedExits;

    /** What was in chunks of this log that others have taken since. Added to atomically. */
    private long overwrittenEntries;

    private long overwrittenExits;

    private final Thread carrier;

    ThreadLog(Thread carrier) {
        this.carrier = carrier;
    }

    @ForceInline
    static ThreadLog current() {
        return LOGS.get();
    }

    /**
     * Keeps the running thread out of all recordings. The tracer's own threads are no part of what
     * the target does, also where classes of the JDK are woven that they use.
     */
    public static void muteCurrentThread() {
        ThreadLog log = new ThreadLog(Thread.currentThread());
        log.muted = true;
        attach(log);
    }

    static void attach(ThreadLog log) {
        LOGS.set(log);
    }

    /** Whether there is room for one word of the running thread. */
    @ForceInline
    private boolean open() {
        return cursor < UNSAFE.getLongOpaque(this, LIMIT)
                && (!Carrier.VIRTUAL_THREADS || Carrier.currentThreadId() == threadId);
    }

    /** Stores one word, the clock read as late as can be. Whether there was room. */
    @ForceInline
    boolean putNano(int site) {
        return open() && store(System.nanoTime() << EventWord.TIME_SHIFT | site);
    }

    /** As {@link #putNano}, with the other clock. */
    @ForceInline
    boolean putTsc(int site) {
        return open() && store(TimeStampCounter.read() << EventWord.TIME_SHIFT | site);
    }

    /** Stores one word. Whether there was room. */
    @ForceInline
    boolean put(int site, long ticks) {
        return open() && store(ticks << EventWord.TIME_SHIFT | site);
    }

    @ForceInline
    private boolean store(long word) {
        if (!TopTier.compiled()) {
            return storeBusy(word);
        }
        long at = cursor;
        UNSAFE.putLong(at, word);
        cursor = at + Long.BYTES;
        return true;
    }

    /**
     * Opaque is enough: the safepoint that the recorder waits for orders this store before loads.
     */
    private boolean storeBusy(long word) {
        UNSAFE.putIntOpaque(this, BUSY, 1);
        boolean room = open();
        if (room) {
            UNSAFE.putLong(cursor, word);
            cursor += Long.BYTES;
        }
        // Not close(): behind the store nothing may need more of the stack than before it, or an
        // event would be there, and its probe fail.
        UNSAFE.putIntVolatile(this, BUSY, 0);
        return room;
    }

    void close() {
        UNSAFE.putIntRelease(this, BUSY, 0);
    }

    /**
     * If the last word is this call's entry and the call was too short, forgets it. Whatever it
     * called was shorter still and has been forgotten before. Full chunks take nothing back: the
     * reader leaves out what is too short there.
     */
    boolean takeBack(int entry, long ticks) {
        UNSAFE.putIntOpaque(this, BUSY, 1);
        boolean taken = false;
        long last = cursor - Long.BYTES;
        if (minTicks != 0 && last >= floor && open()) {
            long word = UNSAFE.getLong(last);
            taken =
                    (word & ~(-1L << EventWord.TIME_SHIFT)) == entry
                            && ((ticks - (word >>> EventWord.TIME_SHIFT)) & EventWord.TIME_MASK)
                                    < minTicks;
            if (taken) {
                cursor = last;
            }
        }
        close();
        return taken;
    }

    /** The platform thread that writes here. */
    public Thread carrier() {
        return carrier;
    }

    boolean busy() {
        return UNSAFE.getIntAcquire(this, BUSY) != 0;
    }

    /** Marks the log as in use outside of {@link #open()}: by the slow path. */
    void enterSlowPath() {
        UNSAFE.putIntVolatile(this, BUSY, 1);
    }

    long limit() {
        return UNSAFE.getLongOpaque(this, LIMIT);
    }

    void limit(long address) {
        UNSAFE.putLongOpaque(this, LIMIT, address);
    }

    public long overwrittenEntries() {
        return UNSAFE.getLongVolatile(this, OVERWRITTEN_ENTRIES);
    }

    public long overwrittenExits() {
        return UNSAFE.getLongVolatile(this, OVERWRITTEN_EXITS);
    }

    public long unrecordedEntries() {
        return unrecordedEntries;
    }

    public long unrecordedExits() {
        return unrecordedExits;
    }

    void addOverwritten(long entries, long exits) {
        UNSAFE.getAndAddLong(this, OVERWRITTEN_ENTRIES, entries);
        UNSAFE.getAndAddLong(this, OVERWRITTEN_EXITS, exits);
    }

    /** Words in the current chunk. A racy look from other threads while recording. */
    long currentWords() {
        return chunk < 0 ? 0 : (cursor - start) / Long.BYTES;
    }

    /** Forgets what an earlier recording left. By the owner. */
    void join(long number, long minTicks) {
        recording = number;
        this.minTicks = minTicks;
        detach();
        filledWords = 0;
        unrecordedEntries = 0;
        unrecordedExits = 0;
        UNSAFE.putLongVolatile(this, OVERWRITTEN_ENTRIES, 0);
        UNSAFE.putLongVolatile(this, OVERWRITTEN_EXITS, 0);
        threadId = 0;
    }

    void detach() {
        limit(0);
        chunk = -1;
        cursor = 0;
        start = 0;
        floor = 0;
    }
}
