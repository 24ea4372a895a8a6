package io.github.jtracer.trace;

/**
 * The columns in which a page of jtracer holds its trace, a block of slices after the other.
 *
 * <p>A block is, after decompression (zlib), a list of columns, each a length and so many bytes, in
 * the order of the constants here. Numbers are 7 bits a byte, lowest first; signed ones are zigzag;
 * a string is a length and UTF-8. A slice refers to a name, and a name and a thread are described
 * in the block in which they first occur, and counted from 0 through all blocks.
 *
 * <p>Within a thread slices come in the order of their ends, so most numbers are small: an end
 * counts from the thread's previous end. A slice that is one less deep than the thread's previous
 * one, and has no unknown begin, encloses it: its begin counts back from that of the first slice of
 * the level below since the last slice of its own level. Any other slice has its duration.
 */
public final class ColumnFormat {
    /**
     * New names: kind ({@code NAME_*}), label, class name or empty, method name, descriptor, source
     * file, line + 1.
     */
    public static final int NAMES = 0;

    /** New or renamed threads: index, pid, tid, flags ({@code THREAD_*}), name. */
    public static final int THREADS = 1;

    /** Whose the slices are: thread, number of slices; repeated. */
    public static final int RUNS = 2;

    /** Per slice: depth less that of the thread's previous slice, signed. */
    public static final int DEPTHS = 3;

    /** Per slice: end less the thread's previous end. */
    public static final int ENDS = 4;

    /** Per slice: signed distance of begins, or duration (see above). */
    public static final int BEGINS = 5;

    /** Per slice: its name. */
    public static final int SLICE_NAMES = 6;

    /** Slices out of the ordinary: index in the block, counted from the last such, and flags. */
    public static final int FLAGS = 7;

    /** Slices with arguments: index as above, count, keys and values. */
    public static final int ARGUMENTS = 8;

    /** Instants: thread, time, name (string), count, keys and values. */
    public static final int INSTANTS = 9;

    /** Counters: thread, time, name (string), eight bytes of double, lowest first. */
    public static final int COUNTERS = 10;

    /** Stacks at the start: thread, count, then per frame: class, method, line + 1. */
    public static final int STACKS = 11;

    public static final int COLUMNS = 12;

    public static final int NAME_METHOD = 0;
    public static final int NAME_OWN = 1;
    public static final int THREAD_VIRTUAL = 1;
    public static final int THREAD_ENDED = 2;
    public static final int THREAD_LANE = 4;

    /** The most slices in a block. */
    public static final int BLOCK_SLICES = 1 << 16;

    private ColumnFormat() {}
}
