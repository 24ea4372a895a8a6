package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds out how slices nest, with a stack a thread, and writes them as events. */
final class NestingStacks {
    private final Tape events;
    private final boolean begins;
    private final List<Stack> stacks = new ArrayList<>();

    /** Of the thread that the last slice was of. */
    private Stack current = new Stack();

    /** Whether a slice was found that neither is inside another nor outside of it. */
    private boolean overlapping;

    /** A thread's open slices, outermost first, as records. */
    private static final class Stack {
        long[] open = new long[8 * Tape.FIELDS];
        int size;

        /** How many of them are of unknown begin. */
        private int around;

        void push(long head, long begin, long end, long detail) {
            if (size == open.length) {
                open = Arrays.copyOf(open, 2 * size);
            }
            open[size] = head;
            open[size + 1] = begin;
            open[size + 2] = end;
            open[size + 3] = detail;
            size += Tape.FIELDS;
            around += around(head);
        }

        long head() {
            return open[size - 4];
        }

        long begin() {
            return open[size - 3];
        }

        long end() {
            return open[size - 2];
        }

        long detail() {
            return open[size - 1];
        }

        void pop() {
            size -= Tape.FIELDS;
            around -= around(open[size]);
        }

        /** Those of unknown begin do not count: they are on the level of what they enclose. */
        int depth() {
            return size / Tape.FIELDS - around;
        }

        private static int around(long head) {
            return (EventRecord.flags(head) & SliceFlags.BEGIN_UNKNOWN) == 0 ? 0 : 1;
        }

        int recursive(int name) {
            for (int i = 0; i < size; i += Tape.FIELDS) {
                if (EventRecord.name(open[i]) == name) {
                    return SliceFlags.RECURSIVE;
                }
            }
            return 0;
        }
    }

    /**
     * @param begins whether to write the begins of slices, too
     */
    NestingStacks(Tape events, boolean begins) {
        this.events = events;
        this.begins = begins;
    }

    /**
     * Goes through slices of which each thread's are in the order of their ends, and writes the
     * events from the last to the first. For begins the threads must be one after the other.
     * Returns false if the slices do not nest; what was written is then of no use.
     */
    boolean nestBackward(Tape slices) throws IOException {
        slices.backward(
                (head, begin, end, detail) -> {
                    if (EventRecord.kind(head) != EventRecord.SLICE) {
                        events.add(head, begin, end, detail);
                        return;
                    }
                    Stack stack = stack(EventRecord.thread(head));
                    if (begins && stack != current) {
                        popBegins(current);
                    }
                    current = stack;
                    while (stack.size > 0 && begin < stack.begin()) {
                        overlapping |= end > stack.begin();
                        popBegin(stack);
                    }
                    long until = stack.size == 0 ? end : Math.min(end, stack.end());
                    addEnd(stack, head, begin, until, detail);
                    stack.push(head, begin, until, detail);
                });
        popBegins(current);
        return !overlapping;
    }

    /** Goes through slices in the order of thread and begin, and writes the events in order. */
    void nestForward(Tape slices) throws IOException {
        slices.forward(
                (head, begin, end, detail) -> {
                    Stack stack = stack(EventRecord.thread(head));
                    if (stack != current) {
                        popEnds(current);
                    }
                    current = stack;
                    boolean slice = EventRecord.kind(head) == EventRecord.SLICE;
                    while (stack.size > 0
                            && begin >= stack.end()
                            && (end > stack.end() || !slice)) {
                        popEnd(stack);
                    }
                    if (!slice) {
                        events.add(head, begin, end, detail);
                        return;
                    }
                    long until = stack.size == 0 ? end : Math.min(end, stack.end());
                    stack.push(head, begin, until, detail);
                    if (begins) {
                        events.add(
                                EventRecord.ofKind(head, EventRecord.BEGIN), begin, begin, detail);
                    }
                });
        popEnds(current);
    }

    private void popBegins(Stack stack) throws IOException {
        while (stack.size > 0) {
            popBegin(stack);
        }
    }

    private void popEnds(Stack stack) throws IOException {
        while (stack.size > 0) {
            popEnd(stack);
        }
    }

    private void popBegin(Stack stack) throws IOException {
        if (begins) {
            long head = EventRecord.ofKind(stack.head(), EventRecord.BEGIN);
            events.add(head, stack.begin(), stack.begin(), stack.detail());
        }
        stack.pop();
    }

    private void popEnd(Stack stack) throws IOException {
        long head = stack.head();
        long begin = stack.begin();
        long end = stack.end();
        long detail = stack.detail();
        stack.pop();
        addEnd(stack, head, begin, end, detail);
    }

    /** The stack holds what is around the slice. */
    private void addEnd(Stack stack, long head, long begin, long end, long detail)
            throws IOException {
        long known = detail;
        if (EventRecord.depth(detail) == EventOrder.UNKNOWN_DEPTH) {
            known = EventRecord.detail(stack.depth(), EventRecord.arguments(detail));
        }
        int recursive = stack.recursive(EventRecord.name(head));
        events.add(EventRecord.withFlags(head, recursive), begin, end, known);
    }

    private Stack stack(int thread) {
        while (stacks.size() <= thread) {
            stacks.add(new Stack());
        }
        return stacks.get(thread);
    }
}
