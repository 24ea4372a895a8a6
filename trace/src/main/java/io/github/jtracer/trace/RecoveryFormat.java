package io.github.jtracer.trace;

/**
 * What an agent leaves behind whose process was killed: a folder with two files.
 *
 * <p>{@link #BUFFER} was its buffer: a page of {@link #PAGE_BYTES} bytes with the clocks, then the
 * chunks as the probe has them in memory (see {@code ChunkHeader}), all in the machine's byte
 * order. As long as the process lives it holds a lock on this file.
 *
 * <p>{@link #JOURNAL} is the beginning of a raw recording (see {@link RecordingFormat}), which
 * grows: header, then methods and threads as they turn up. It may end in the middle of a section.
 */
public final class RecoveryFormat {
    /** Behind the name of the file that the recording was to be saved to. */
    public static final String FOLDER_SUFFIX = ".recover";

    public static final String BUFFER = "buffer";
    public static final String JOURNAL = "journal";
    public static final int PAGE_BYTES = 4096;

    /** In the page: which of the two readings of the clocks is good; 0: none, 1: the first, 2. */
    public static final int READING = 0;

    /** Where the first is: ticks, then {@code System.nanoTime()}; two longs. The other follows. */
    public static final int READINGS = 64;

    public static final int READING_BYTES = 64;

    /** A chunk's size in bytes, its header included; in the journal's header. */
    public static final String HEADER_CHUNK_BYTES = "chunkBytes";

    /** Both clocks some time before the start, for their rate. */
    public static final String HEADER_BEFORE_TICKS = "beforeTicks";

    public static final String HEADER_BEFORE_NANOS = "beforeNanos";

    private RecoveryFormat() {}
}
