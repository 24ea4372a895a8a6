package io.github.jtracer.probe;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * All chunks of a recording: one block of memory outside the Java heap, and who has which piece.
 *
 * <p>A chunk is {@link #FREE}, {@link #ACTIVE} (its owner writes to it) or {@link #SEALED} (full,
 * to be read, or to be overwritten). Chunks are handed out in a circle: a cursor that only grows
 * points at the next candidate; whoever needs a chunk moves the cursor by one and takes what it
 * points at, unless another thread is writing there. So the chunk that was begun longest ago is
 * overwritten first, no thread ever waits for another, and after one lap without success there is
 * no room.
 *
 * <p>A chunk's state and the number of times it was taken share one word, so that taking it is one
 * compare-and-set that cannot mistake a chunk for its own earlier self. Sealing is a volatile store
 * to it, which publishes the chunk's header and words to the next owner. A chunk whose owner has
 * ended counts as sealed.
 */
final class Buffer {
    static final int FREE = 0;
    static final int ACTIVE = 1;
    static final int SEALED = 2;

    /** Between two owners. */
    private static final int TAKING = 3;

    private static final int STATE_MASK = 3;
    private static final int TAKEN_SHIFT = 2;
    private static final int PAGE = 4096;
    private static final int MIN_CHUNK_BYTES = 4 << 10;
    private static final int MAX_CHUNK_BYTES = 64 << 10;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long CURSOR = UNSAFE.objectFieldOffset(Buffer.class, "cursor");
    private static final long TOUCHED = UNSAFE.objectFieldOffset(Buffer.class, "touched");

    private final int chunkBytes;
    private final int chunks;
    private final boolean overwrite;
    private final boolean mapped;
    private final long block;
    private final long first;
    private final long[] states;
    private final ThreadLog[] owners;
    private long cursor;
    private long touched;

    /**
     * Allocates the memory, and does not {@link #touch} it.
     *
     * @param bytes how much; at least one chunk is made
     * @param overwrite whether a full buffer gives up its oldest chunks
     * @throws OutOfMemoryError if there is not so much
     */
    Buffer(long bytes, boolean overwrite) {
        this(bytes, overwrite, 0);
    }

    /**
     * As {@link #Buffer(long, boolean)}, in memory that is somebody else's: a file's, which
     * outlives the process. Chunks then are made so that a reader can tell at any moment how far
     * they are.
     *
     * @param memory address of as many zeros, on a page's begin; 0: none, allocate
     */
    Buffer(long bytes, boolean overwrite, long memory) {
        chunkBytes = chunkBytes(bytes);
        chunks = Math.toIntExact(Math.max(1, bytes / chunkBytes));
        this.overwrite = overwrite;
        mapped = memory != 0;
        states = new long[chunks];
        owners = new ThreadLog[chunks];
        block = mapped ? memory : UNSAFE.allocateMemory(size() + PAGE);
        first = (block + PAGE - 1) / PAGE * PAGE;
    }

    /**
     * Touches what nobody has touched yet, so that no traced thread takes a page fault. Several
     * threads may do it together. Before the first chunk is taken.
     */
    void touch() {
        for (long chunk = nextToTouch(); chunk < chunks; chunk = nextToTouch()) {
            UNSAFE.setMemory(address((int) chunk), chunkBytes, (byte) 0);
        }
    }

    private long nextToTouch() {
        return UNSAFE.getAndAddLong(this, TOUCHED, 1);
    }

    /** Small enough that many threads find room, large enough that taking one costs nothing. */
    private static int chunkBytes(long bytes) {
        long even = Long.highestOneBit(Math.max(1, bytes / 4096));
        return (int) Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, even));
    }

    long size() {
        return (long) chunks * chunkBytes;
    }

    int chunks() {
        return chunks;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    long address(int chunk) {
        return first + (long) chunk * chunkBytes;
    }

    long firstWord(int chunk) {
        return address(chunk) + ChunkHeader.BYTES;
    }

    long end(int chunk) {
        return address(chunk) + chunkBytes;
    }

    int state(int chunk) {
        return (int) UNSAFE.getLongVolatile(states, slot(chunk)) & STATE_MASK;
    }

    /** Who has, or had last, any of the chunks. */
    Set<ThreadLog> owners() {
        Set<ThreadLog> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(all, owners);
        return all;
    }

    /** Chunks handed out so far, each as often as it was. */
    long taken() {
        return UNSAFE.getLongVolatile(this, CURSOR);
    }

    /**
     * Takes a chunk for the log's thread and fills in its header.
     *
     * @return its index, or -1 if there is no room
     */
    int take(ThreadLog log, long firstThreadId, long base) {
        for (int tries = 0; tries < chunks; tries++) {
            long sequence = UNSAFE.getAndAddLong(this, CURSOR, 1);
            if (!overwrite && sequence >= chunks) {
                return -1;
            }
            int chunk = (int) (sequence % chunks);
            if (take(chunk, log)) {
                long address = address(chunk);
                if (mapped) {
                    // Nobody's, then empty, then its new owner's: at no moment does it look like
                    // more than it is. The first word that is 0 ends it.
                    UNSAFE.putLongVolatile(null, address + ChunkHeader.CARRIER_ID, 0);
                    UNSAFE.setMemory(address + Long.BYTES, chunkBytes - Long.BYTES, (byte) 0);
                }
                UNSAFE.putLong(address + ChunkHeader.SEQUENCE, sequence);
                UNSAFE.putLong(address + ChunkHeader.FIRST_THREAD_ID, firstThreadId);
                UNSAFE.putLong(address + ChunkHeader.BASE, base);
                UNSAFE.putLong(address + ChunkHeader.WORDS, 0);
                UNSAFE.putLong(address + ChunkHeader.MARKS, 0);
                UNSAFE.putLongRelease(
                        null, address + ChunkHeader.CARRIER_ID, Carrier.threadId(log.carrier()));
                return chunk;
            }
        }
        return -1;
    }

    private boolean take(int chunk, ThreadLog log) {
        long seen = UNSAFE.getLongVolatile(states, slot(chunk));
        int state = (int) seen & STATE_MASK;
        ThreadLog last = owners[chunk];
        if (state == TAKING || state == ACTIVE && last.carrier().isAlive()) {
            return false;
        }
        long taken = ((seen >>> TAKEN_SHIFT) + 1) << TAKEN_SHIFT;
        if (!UNSAFE.compareAndSetLong(states, slot(chunk), seen, taken | TAKING)) {
            return false;
        }
        if (state != FREE) {
            countOverwritten(chunk, state, last);
        }
        owners[chunk] = log;
        // Publishes the owner: whoever reads ACTIVE with this count reads this owner, never the
        // last.
        UNSAFE.putLongVolatile(states, slot(chunk), taken | ACTIVE);
        return true;
    }

    /** The owner is done with the chunk. */
    void seal(int chunk, long words) {
        UNSAFE.putLong(address(chunk) + ChunkHeader.WORDS, words);
        long seen = UNSAFE.getLongVolatile(states, slot(chunk));
        UNSAFE.putLongVolatile(states, slot(chunk), (seen & ~STATE_MASK) | SEALED);
    }

    /** Words in a chunk that nobody writes to any more. */
    long words(int chunk) {
        ThreadLog owner = owners[chunk];
        return switch (state(chunk)) {
            case SEALED -> UNSAFE.getLong(address(chunk) + ChunkHeader.WORDS);
            case ACTIVE -> owner == null || owner.chunk != chunk ? 0 : owner.currentWords();
            default -> 0;
        };
    }

    private void countOverwritten(int chunk, int state, ThreadLog last) {
        long address = firstWord(chunk);
        long words =
                state == SEALED
                        ? UNSAFE.getLong(address(chunk) + ChunkHeader.WORDS)
                        : last.chunk == chunk ? last.currentWords() : 0;
        boolean marks = UNSAFE.getLong(address(chunk) + ChunkHeader.MARKS) != 0;
        long exits = 0;
        long skipped = 0;
        for (long i = 0; i < words; i++) {
            long word = UNSAFE.getLong(address + i * Long.BYTES);
            if (marks && (word & EventWord.KIND_MASK) == EventWord.MARK) {
                int payload = Marks.payload(word);
                skipped += 1 + payload;
                i += payload;
            } else {
                exits += (word | word >>> 1) & 1;
            }
        }
        last.addOverwritten(words - skipped - exits, exits);
    }

    /** Gives the memory back, if it is its own. Only when no thread can be writing to it. */
    void free() {
        if (!mapped) {
            UNSAFE.freeMemory(block);
        }
    }

    private static long slot(int chunk) {
        return ArrayLayout.LONG_BASE + (long) chunk * ArrayLayout.LONG_SCALE;
    }
}
