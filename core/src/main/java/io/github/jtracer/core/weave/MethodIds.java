package io.github.jtracer.core.weave;

import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.TracedMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the methods of one recording their ids.
 *
 * <p>Each recording goes on where the last one ended, in a circle, so that a frame still running
 * code of an earlier recording has ids that mean nothing in this one. The circle begins with the
 * ids that, as signed numbers, an instruction can push without a constant.
 */
final class MethodIds {
    private static final int CAPACITY = EventWord.ID_MASK;

    private static final int POSITIVE_SHORTS = Short.MAX_VALUE;
    private static final int SHORTS = POSITIVE_SHORTS + (1 << (Short.SIZE - 1));

    /** How many have been given; that many places in the circle. */
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
        int place = next;
        next = (next + 1) % CAPACITY;
        return id(place);
    }

    /** Zero is none: in the code of a class it would be no site. */
    static int id(int place) {
        if (place < POSITIVE_SHORTS) {
            return place + 1;
        }
        if (place < SHORTS) {
            return Short.MIN_VALUE + (place - POSITIVE_SHORTS) & EventWord.ID_MASK;
        }
        return POSITIVE_SHORTS + 1 + (place - SHORTS);
    }

    synchronized int size() {
        return methods.size();
    }

    synchronized List<TracedMethod> all() {
        return List.copyOf(methods);
    }
}
