package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes backwards through slices of which each thread's are in the order of their ends, and shows
 * each when all that it called have been shown. That takes a stack a thread and no temporary file,
 * for whoever does not care in which order the calls of one caller come.
 */
final class CalleesFirst {
    /** Sees slices, callees before callers, the last call first. */
    interface Visitor {
        void slice(
                CalleesFirst source,
                int thread,
                int name,
                long begin,
                long duration,
                int depth,
                int flags,
                long self,
                long longestInside)
                throws IOException;
    }

    /** Of the slice that is being shown. */
    private Stack shown = new Stack(0);

    private final long base;
    private final Visitor visitor;
    private final List<Stack> stacks = new ArrayList<>();
    private boolean overlapping;

    /** A thread's open slices, outermost first. */
    private static final class Stack {
        static final int FIELDS = 6;

        final int thread;
        long[] open = new long[8 * FIELDS];
        int size;

        /** How many of them are of unknown begin. */
        int around;

        Stack(int thread) {
            this.thread = thread;
        }

        long begin() {
            return open[size - FIELDS + 1];
        }

        long end() {
            return open[size - FIELDS + 2];
        }

        boolean contains(int name) {
            for (int i = 0; i < size; i += FIELDS) {
                if (EventRecord.name(open[i]) == name) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Times count from {@code base}. */
    CalleesFirst(long base, Visitor visitor) {
        this.base = base;
        this.visitor = visitor;
    }

    /** Returns false if the slices do not nest; what was shown is then of no use. */
    boolean show(Tape slices) throws IOException {
        slices.backward(this::add);
        for (Stack stack : stacks) {
            while (stack.size > 0) {
                pop(stack);
            }
        }
        return !overlapping;
    }

    /** The names of what is around the slice that is being shown, innermost first. */
    List<Integer> callers(int limit) {
        List<Integer> names = new ArrayList<>();
        for (int at = shown.size; at > 0 && names.size() < limit; at -= Stack.FIELDS) {
            names.add(EventRecord.name(shown.open[at - Stack.FIELDS]));
        }
        return names;
    }

    private void add(long head, long begin, long end, long detail) throws IOException {
        if (overlapping || EventRecord.kind(head) != EventRecord.SLICE) {
            return;
        }
        Stack stack = stack(EventRecord.thread(head));
        while (stack.size > 0 && begin < stack.begin()) {
            overlapping |= end > stack.begin();
            pop(stack);
        }
        int flags = EventRecord.flags(head);
        int name = EventRecord.name(head);
        int depth = EventRecord.depth(detail);
        if (depth == EventOrder.UNKNOWN_DEPTH) {
            depth = stack.size / Stack.FIELDS - stack.around;
        }
        if (stack.contains(name)) {
            flags |= SliceFlags.RECURSIVE;
        }
        long until = stack.size == 0 ? end : Math.min(end, stack.end());
        if (stack.size == stack.open.length) {
            stack.open = Arrays.copyOf(stack.open, 2 * stack.size);
        }
        int at = stack.size;
        stack.open[at] = EventRecord.head(stack.thread, EventRecord.SLICE, flags, name);
        stack.open[at + 1] = begin;
        stack.open[at + 2] = until;
        stack.open[at + 3] = depth;
        stack.open[at + 4] = 0; // time in what it calls
        stack.open[at + 5] = 0; // the longest of that
        stack.size += Stack.FIELDS;
        stack.around += (flags & SliceFlags.BEGIN_UNKNOWN) == 0 ? 0 : 1;
    }

    private void pop(Stack stack) throws IOException {
        stack.size -= Stack.FIELDS;
        int at = stack.size;
        long[] open = stack.open;
        int flags = EventRecord.flags(open[at]);
        stack.around -= (flags & SliceFlags.BEGIN_UNKNOWN) == 0 ? 0 : 1;
        long from = Math.max(0, open[at + 1] - base);
        long duration = Math.max(from, open[at + 2] - base) - from;
        if (at > 0) {
            open[at - 2] += duration;
            open[at - 1] = Math.max(open[at - 1], duration);
        }
        shown = stack;
        visitor.slice(
                this,
                stack.thread,
                EventRecord.name(open[at]),
                from,
                duration,
                (int) open[at + 3],
                flags,
                duration - open[at + 4],
                open[at + 5]);
    }

    private Stack stack(int thread) {
        while (stacks.size() <= thread) {
            stacks.add(new Stack(stacks.size()));
        }
        return stacks.get(thread);
    }
}
