package io.github.jtracer.probe;

/**
 * What is where in a chunk: a header of eight longs, in the machine's byte order, then its words.
 *
 * <p>Only compile-time constants live here: code that reads the buffer of a process that was killed
 * needs no probe at run time.
 */
public final class ChunkHeader {
    /** Id of the platform thread that writes here; 0: nobody yet. Bytes from the chunk's begin. */
    public static final int CARRIER_ID = 0;

    /** Grows in the order in which chunks were begun. */
    public static final int SEQUENCE = 8;

    /** Id of the thread that the first words belong to. */
    public static final int FIRST_THREAD_ID = 16;

    /** The clock when it was begun, in ticks. */
    public static final int BASE = 24;

    /** How many words it has, once it is full or given up; 0 before. */
    public static final int WORDS = 32;

    /** Not 0 if there is a mark among the words. */
    public static final int MARKS = 40;

    public static final int BYTES = 64;

    private ChunkHeader() {}
}
