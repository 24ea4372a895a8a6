package io.github.jtracer.spring;

import io.github.jtracer.JTracer;
import io.github.jtracer.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The slices of one observation: one for each scope that is open, and perhaps one for it all. */
final class ObservedSlice {
    private final Thread startedOn = Thread.currentThread();
    private final long startedNanos = System.nanoTime();
    private final Deque<Slice> open = new ArrayDeque<>(1);
    private @Nullable Slice whole;
    private boolean stopped;

    synchronized void open(Slice slice) {
        open.push(slice);
    }

    synchronized @Nullable Slice close() {
        return open.poll();
    }

    synchronized boolean outermostOnItsThread() {
        return open.size() == 1 && Thread.currentThread() == startedOn;
    }

    /**
     * The observation stops, and its scope is still open here: that slice is all that there is to
     * show, and ends with it. Micrometer's aspect does so since 1.17.
     *
     * @return whether that is so
     */
    synchronized boolean stopsInsideItsScope() {
        stopped |= whole == null && !open.isEmpty() && Thread.currentThread() == startedOn;
        return stopped;
    }

    synchronized boolean hasStopped() {
        return stopped;
    }

    /** What is known from the start to be on no single thread. */
    synchronized void beginWhole(String name, @Nullable ObservedSlice parent) {
        whole = JTracer.asyncSlice(name, wholeOf(parent));
    }

    /** What has just been found to be over, and to have been on no single thread. */
    synchronized Slice endingWhole(String name, @Nullable ObservedSlice parent) {
        return whole != null
                ? whole.rename(name)
                : JTracer.asyncSlice(name, wholeOf(parent), startedNanos);
    }

    private static @Nullable Slice wholeOf(@Nullable ObservedSlice observed) {
        return observed == null ? null : observed.whole();
    }

    private synchronized @Nullable Slice whole() {
        return whole;
    }
}
