package io.github.jtracer.trace;

/** What is out of the ordinary about a slice, as bits. */
public final class SliceFlags {
    /** Had not ended when the recording stopped: the duration is what was seen of it. */
    public static final int OPEN = 1;

    /** Was entered before what the recording holds: the begin is that of what is known. */
    public static final int BEGIN_UNKNOWN = 2;

    /** Was left by an exception. */
    public static final int EXCEPTION = 4;

    /** Its exit is missing: it was ended together with its caller. */
    public static final int CUT = 8;

    /** A call of the same method encloses it: its time is in that one's total already. */
    public static final int RECURSIVE = 16;

    /** What a person is to be told about a slice. */
    public static final int REMARKABLE = OPEN | BEGIN_UNKNOWN | EXCEPTION | CUT;

    private SliceFlags() {}
}
