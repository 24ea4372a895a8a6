package io.github.jtracer.formats;

/**
 * How an event is put into a record of a {@link Tape}: a head, its begin, its end (a counter's:
 * value), and its depth with the place of its arguments.
 */
final class EventRecord {
    static final int SLICE = 0;

    /** The begin of a slice that comes later. */
    static final int BEGIN = 1;

    static final int INSTANT = 2;
    static final int COUNTER = 3;

    private static final int NAME_BITS = 25;
    private static final int FLAG_BITS = 5;
    private static final int PLACE_BITS = 40;
    private static final int NO_DEPTH = -(1 << Long.SIZE - PLACE_BITS - 1);

    static long head(int thread, int kind, int flags, int name) {
        return (long) thread << 32
                | (long) kind << NAME_BITS + FLAG_BITS
                | (long) flags << NAME_BITS
                | name;
    }

    static int thread(long head) {
        return (int) (head >>> 32);
    }

    static int kind(long head) {
        return (int) (head >>> NAME_BITS + FLAG_BITS) & 3;
    }

    static int flags(long head) {
        return (int) (head >>> NAME_BITS) & (1 << FLAG_BITS) - 1;
    }

    static int name(long head) {
        return (int) head & (1 << NAME_BITS) - 1;
    }

    /** The same head with another kind. */
    static long ofKind(long head, int kind) {
        return head & ~(3L << NAME_BITS + FLAG_BITS) | (long) kind << NAME_BITS + FLAG_BITS;
    }

    static long withFlags(long head, int flags) {
        return head | (long) flags << NAME_BITS;
    }

    /** Depths of 24 bits with their sign; the smallest stands for {@code UNKNOWN_DEPTH}. */
    static long detail(int depth, long place) {
        return (long) Math.max(depth, NO_DEPTH) << PLACE_BITS | place;
    }

    static int depth(long detail) {
        int small = (int) (detail >> PLACE_BITS);
        return small == NO_DEPTH ? EventOrder.UNKNOWN_DEPTH : small;
    }

    static long arguments(long detail) {
        return detail & (1L << PLACE_BITS) - 1;
    }

    private EventRecord() {}
}
