package io.github.jtracer.core.weave;

import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.TracedMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the methods of one recording their ids.
 *
 * <p>Each recording goes on where the last one ended, in a circle, so that a frame still running
 * code of an earlier recording has ids that mean nothing in this one.
 */
final class MethodIds {
    private static final int CAPACITY = EventWord.ID_MASK;

    private static int next;

    private final List<TracedMethod> methods = new ArrayList<>();

    /** The next free id, or -1 if there is none left. */
    synchronized int add(
            String className, String name, String descriptor, String source, int line) {
        if (methods.size() >= CAPACITY) {
            return -1;
        }
        int id = nextId();
        methods.add(new TracedMethod(id, className, name, descriptor, source, line));
        return id;
    }

    private static synchronized int nextId() {
        next = next % CAPACITY + 1;
        return next;
    }

    synchronized int size() {
        return methods.size();
    }

    synchronized List<TracedMethod> all() {
        return List.copyOf(methods);
    }
}
