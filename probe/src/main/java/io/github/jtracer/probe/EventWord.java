package io.github.jtracer.probe;

/**
 * The layout of one event in a chunk: a single 64-bit word.
 *
 * <pre>
 *   63                                  22 21                   2 1   0
 *  +--------------------------------------+----------------------+-----+
 *  | low 42 bits of the clock's ticks     | method id, 20 bit    | kind|
 *  +--------------------------------------+----------------------+-----+
 * </pre>
 *
 * <p>Ticks are those of the recording's clock (nanoseconds of {@code System.nanoTime()}, or cycles
 * of the time-stamp counter). A chunk's header has them in full for the moment when it was begun,
 * and chunks are retired long before they are 2^41 ticks old, so a reader can restore the rest.
 *
 * <p>An exit carries its method's id like an entry, so that a reader can pair them whatever is
 * missing between. A word of kind {@link #MARK} has a {@code MARK_*} subtype in the lowest 4 bits
 * of its id field and, in the 16 bits above, the number of payload words that follow it.
 *
 * <p>Only compile-time constants live here: code that reads recordings needs no probe at run time.
 */
public final class EventWord {
    /** A woven method was entered. */
    public static final int ENTER = 0;

    /** A woven method returned. */
    public static final int EXIT = 1;

    /** A woven method was left by an exception. */
    public static final int THROWN = 2;

    /** Something other than a call; what, is in the id field. */
    public static final int MARK = 3;

    public static final int KIND_BITS = 2;
    public static final int KIND_MASK = (1 << KIND_BITS) - 1;
    public static final int ID_BITS = 20;
    public static final int ID_MASK = (1 << ID_BITS) - 1;
    public static final int ID_SHIFT = KIND_BITS;
    public static final int TIME_SHIFT = ID_SHIFT + ID_BITS;
    public static final int TIME_BITS = 64 - TIME_SHIFT;
    public static final long TIME_MASK = (1L << TIME_BITS) - 1;

    public static final int MARK_TYPE_BITS = 4;
    public static final int MARK_TYPE_MASK = (1 << MARK_TYPE_BITS) - 1;

    /** The most payload words that a mark can have. */
    public static final int MARK_MAX_PAYLOAD = (1 << (ID_BITS - MARK_TYPE_BITS)) - 1;

    /**
     * From here on the words belong to another thread (a virtual thread was mounted). Payload: the
     * thread's id; then, if it has a name, the name's UTF-16 units, four to a word, the first in
     * the lowest bits, padded with zeros.
     */
    public static final int MARK_THREAD = 1;

    /** A slice of the application's own begins. Payload: text, see {@link #MARK_INSTANT}. */
    public static final int MARK_SLICE_BEGIN = 2;

    /**
     * The thread's innermost open slice of its own ends. Payload: text; a name that is not empty
     * replaces the one that the slice began with.
     */
    public static final int MARK_SLICE_END = 3;

    /**
     * Something happened. Payload: text, that is UTF-16 units packed as for {@link #MARK_THREAD}:
     * the name, then for each argument U+0000, its key, U+0000, its value; padded with zeros.
     */
    public static final int MARK_INSTANT = 4;

    /**
     * A counter's new value. Payload: {@code Double.doubleToRawLongBits}, then the name as text.
     */
    public static final int MARK_COUNTER = 5;

    /** Arguments of the thread's innermost open call. Payload: text (the name is empty). */
    public static final int MARK_ARGUMENTS = 6;

    /**
     * An exception arrived in one of the method's handlers: whatever the thread was inside of,
     * above that method, has been left. Payload: the method's id, shifted as in its events.
     */
    public static final int MARK_CAUGHT = 7;

    /**
     * A slice begins that may end on another thread. Payload: text. The key of the first argument
     * is two numbers with a space between: the slice's own, and that of the slice around it or 0.
     */
    public static final int MARK_ASYNC_BEGIN = 8;

    /**
     * A slice ends that may have begun on another thread, or before what the recording holds.
     * Payload: text. The key of the first argument is as in {@link #MARK_ASYNC_BEGIN}, and its
     * value how long the slice took, in nanoseconds.
     */
    public static final int MARK_ASYNC_END = 9;

    private EventWord() {}
}
