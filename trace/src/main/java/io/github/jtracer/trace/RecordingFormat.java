package io.github.jtracer.trace;

/**
 * The format of a raw recording, as the agent streams it and as a {@code .jtr} file holds it.
 *
 * <p>{@link #MAGIC}, then sections. A section is a type (one byte), a length (int) and so many
 * bytes of payload. All numbers are big-endian, except the event words of a chunk, which keep the
 * byte order of the JVM that wrote them ({@link #HEADER_BYTE_ORDER}). A string is a length in bytes
 * (int) and UTF-8. A map is a count (int) and so many pairs of strings. A reader skips sections of
 * types that it does not know. A recording without its {@link #END} is cut off; what is before is
 * good.
 *
 * <p>Order: {@link #HEADER}, {@link #METHODS}, {@link #THREAD}s, {@link #STACK}s, {@link #LOST}s,
 * {@link #CHUNK}s (each carrier's in order, carriers one after the other), {@link #END}.
 */
public final class RecordingFormat {
    /** "JTRACER" and the version of the format. */
    public static final long MAGIC = 0x4A54524143455201L;

    /** Map; the keys are the {@code HEADER_*} constants. First section. */
    public static final byte HEADER = 'H';

    /**
     * Count (int), then per method: id (int), class name with dots, method name, descriptor, source
     * file or empty, first line or -1 (int). There may be several such sections.
     */
    public static final byte METHODS = 'M';

    /**
     * A thread that was seen: thread id (long; {@code Thread.threadId()}), flags (int; {@code
     * THREAD_*}), name. Virtual threads are not listed: they are named in the chunks, by marks.
     */
    public static final byte THREAD = 'T';

    /**
     * What a thread was inside when the recording started: thread id (long), count (int), then per
     * frame, innermost first: class name with dots, method name, line or -1 (int).
     */
    public static final byte STACK = 'S';

    /**
     * What a carrier recorded and is no longer there: thread id (long), then four longs: entries
     * and exits that were overwritten, entries and exits for which there was no room.
     */
    public static final byte LOST = 'L';

    /**
     * Carrier's thread id (long), sequence (long; grows in the order in which chunks were begun),
     * id of the thread that the first words belong to (long), base in ticks (long), number of words
     * (int), the words (see {@code EventWord}).
     */
    public static final byte CHUNK = 'C';

    /** Map of totals, keys {@code END_*}. Last section. */
    public static final byte END = 'Z';

    public static final int THREAD_DAEMON = 1;

    /** The thread had ended when the recording was written. */
    public static final int THREAD_ENDED = 2;

    /** jtracer's version. */
    public static final String HEADER_VERSION = "version";

    /** {@code LITTLE_ENDIAN} or {@code BIG_ENDIAN}. */
    public static final String HEADER_BYTE_ORDER = "byteOrder";

    /** {@code nano} or {@code tsc}. */
    public static final String HEADER_CLOCK = "clock";

    /** Ticks and {@code System.nanoTime()} at the same moment, at the start and at the stop. */
    public static final String HEADER_START_TICKS = "startTicks";

    public static final String HEADER_START_NANOS = "startNanos";
    public static final String HEADER_STOP_TICKS = "stopTicks";
    public static final String HEADER_STOP_NANOS = "stopNanos";

    /** Wall clock at the start and at the stop, in nanoseconds since 1970-01-01T00:00Z. */
    public static final String HEADER_START_EPOCH_NANOS = "startEpochNanos";

    public static final String HEADER_STOP_EPOCH_NANOS = "stopEpochNanos";

    public static final String HEADER_PID = "pid";

    /** Main class or jar, with nothing of the arguments. */
    public static final String HEADER_MAIN = "main";

    /** Such as {@code OpenJDK 64-Bit Server VM 17.0.15+6}. */
    public static final String HEADER_JVM = "jvm";

    /** The recording's options as the user could have typed them. */
    public static final String HEADER_OPTIONS = "options";

    /** Calls shorter than this many nanoseconds are left out. */
    public static final String HEADER_MIN_DURATION_NANOS = "minDurationNanos";

    /** Who started the recording: {@code cli (user, pid)}, {@code endpoint}, {@code signal}, ... */
    public static final String HEADER_STARTED_BY = "startedBy";

    /** Why it stopped: {@code command}, {@code time}, {@code disconnect}, {@code exit}, ... */
    public static final String HEADER_STOPPED_BY = "stoppedBy";

    /** {@code overwrite} or {@code stop}. */
    public static final String HEADER_BUFFER_FULL = "bufferFull";

    /** Counts of what was woven and what was left alone. */
    public static final String HEADER_WOVEN_CLASSES = "wovenClasses";

    public static final String HEADER_WOVEN_METHODS = "wovenMethods";
    public static final String HEADER_TRIVIAL_METHODS = "trivialMethods";
    public static final String HEADER_SKIPPED_METHODS = "skippedMethods";

    /**
     * How many classes were used before they were woven: calls of them from the recording's
     * beginning may be missing.
     */
    public static final String HEADER_LATE_CLASSES = "lateClasses";

    /** The names of some of them, separated by blanks. */
    public static final String HEADER_FIRST_LATE = "firstLateClasses";

    /** Number of chunks in the recording. */
    public static final String END_CHUNKS = "chunks";

    private RecordingFormat() {}
}
