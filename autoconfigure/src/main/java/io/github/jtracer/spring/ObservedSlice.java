package io.github.jtracer.spring;

import io.github.jtracer.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The slices of one observation: one for each scope that is open. */
final class ObservedSlice {
    private final Thread startedOn;
    private final Deque<Slice> open = new ArrayDeque<>(1);
    private boolean opened;

    ObservedSlice(Thread startedOn) {
        this.startedOn = startedOn;
    }

    synchronized void open(Slice slice) {
        opened = true;
        open.push(slice);
    }

    synchronized @Nullable Slice close() {
        return open.poll();
    }

    synchronized boolean outermostOnItsThread() {
        return open.size() == 1 && Thread.currentThread() == startedOn;
    }

    synchronized boolean neverOpened() {
        return !opened;
    }
}
