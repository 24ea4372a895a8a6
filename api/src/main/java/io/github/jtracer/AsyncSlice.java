package io.github.jtracer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A slice of a recording that may end on any thread. */
final class AsyncSlice implements Slice {
    /** Begins anywhere: a copy of this class in another class loader counts too. */
    private static final AtomicLong NUMBERS =
            new AtomicLong(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2));

    private final long number = NUMBERS.getAndIncrement();
    private final String numbers;
    private final long beganNanos;
    private final MarkText arguments = new MarkText("");
    private String name;
    private boolean closed;

    private AsyncSlice(String name, @Nullable Slice around, long beganNanos) {
        this.name = name;
        this.numbers = number + " " + (around instanceof AsyncSlice slice ? slice.number : 0);
        this.beganNanos = beganNanos;
    }

    static AsyncSlice begin(String name, @Nullable Slice around) {
        AsyncSlice slice = new AsyncSlice(name, around, System.nanoTime());
        Marks.asyncBegin(new MarkText(name).put(slice.numbers, ""));
        return slice;
    }

    /** The mark at its end says all that there is to say. */
    static AsyncSlice begun(String name, @Nullable Slice around, long beganNanos) {
        return new AsyncSlice(name, around, beganNanos);
    }

    @Override
    public synchronized Slice put(String key, Object value) {
        arguments.put(key, value);
        return this;
    }

    @Override
    public synchronized Slice rename(String newName) {
        name = newName;
        return this;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            long nanos = System.nanoTime() - beganNanos;
            Marks.asyncEnd(new MarkText(name).put(numbers, nanos).putAll(arguments));
        }
    }
}
