package io.github.jtracer;

/** A slice that was begun in a recording. */
final class RecordedSlice implements Slice {
    private final Thread thread;
    private final MarkText end = new MarkText("");
    private boolean closed;

    private RecordedSlice(Thread thread) {
        this.thread = thread;
    }

    static RecordedSlice begin(String name) {
        Marks.sliceBegin(new MarkText(name));
        return new RecordedSlice(Thread.currentThread());
    }

    @Override
    public Slice put(String key, Object value) {
        end.put(key, value);
        return this;
    }

    @Override
    public Slice rename(String name) {
        end.rename(name);
        return this;
    }

    /** Ends the slice, once; on another thread than its own it would end somebody else's. */
    @Override
    public void close() {
        if (!closed && Thread.currentThread() == thread) {
            closed = true;
            Marks.sliceEnd(end);
        }
    }
}
