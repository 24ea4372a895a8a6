package io.github.jtracer.trace;

/** Counts what a replay sees. */
final class Tally {
    /** More open calls than any process has; a file with more of them is hostile. */
    private static final int MAX_OPEN = 1 << 24;

    long calls;
    long open;
    long beginUnknown;
    long thrown;
    long cut;
    long tooShort;
    long threads;
    long events;
    private int openNow;

    void opened() throws RecordingException {
        if (++openNow > MAX_OPEN) {
            throw RecordingException.damaged("it has millions of entries without an exit");
        }
    }

    void closed() {
        openNow--;
    }

    void kept(int flags) {
        calls++;
        if ((flags & SliceFlags.REMARKABLE) != 0) {
            open += flags & SliceFlags.OPEN;
            beginUnknown += (flags & SliceFlags.BEGIN_UNKNOWN) != 0 ? 1 : 0;
            thrown += (flags & SliceFlags.EXCEPTION) != 0 ? 1 : 0;
            cut += (flags & SliceFlags.CUT) != 0 ? 1 : 0;
        }
    }
}
