package io.github.jtracer;

import java.util.Objects;

/**
 * The way from the application's marks to the probe, which exists only once an agent is loaded.
 *
 * <p>Until then a mark costs the read of one field.
 */
final class Marks {
    private static final int SLICE_BEGIN = 2;
    private static final int SLICE_END = 3;
    private static final int INSTANT = 4;
    private static final int ASYNC_BEGIN = 8;
    private static final int ASYNC_END = 9;

    /** Written once, by whoever loads the agent; whoever misses it for a moment misses a mark. */
    private static volatile boolean linked = ProbeLink.exists();

    static {
        // Loaded with this class. To look for a class in some hundred jars while the JVM is being
        // woven, for the link, would make HotSpot compile all of the search once more.
        Objects.requireNonNull(MarkText.class);
        ProbeLink.load();
    }

    private Marks() {}

    /** Looks for the probe; the agent calls this by its name once it has defined it. */
    static void link() {
        if (!linked && ProbeLink.exists()) {
            linked = true;
        }
    }

    static boolean recording() {
        return linked && ProbeLink.recording();
    }

    static void sliceBegin(MarkText text) {
        ProbeLink.mark(SLICE_BEGIN, text.toString());
    }

    static void sliceEnd(MarkText text) {
        ProbeLink.mark(SLICE_END, text.toString());
    }

    static void asyncBegin(MarkText text) {
        ProbeLink.mark(ASYNC_BEGIN, text.toString());
    }

    static void asyncEnd(MarkText text) {
        ProbeLink.mark(ASYNC_END, text.toString());
    }

    static void instant(MarkText text) {
        ProbeLink.mark(INSTANT, text.toString());
    }

    static void counter(String name, double value) {
        ProbeLink.counter(name, value);
    }
}
