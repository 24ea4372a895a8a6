package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The slices of one thread of a format that says nothing of their order and depth: gathered, sorted
 * and then shown as a sink expects them.
 */
final class ThreadSlices {
    private static final int NAME_BITS = 26;
    private static final int NAME_MASK = (1 << NAME_BITS) - 1;

    /** Sees slices as calls are: begins and ends in order, nested. */
    interface Visitor {
        void begin(int name, long time, int flags, Map<String, String> arguments)
                throws IOException;

        void end(
                int name,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException;
    }

    private long[] begins = new long[64];
    private long[] ends = new long[64];
    private int[] names = new int[64];
    private final Map<Integer, Map<String, String>> arguments = new HashMap<>();
    private int size;

    void add(long begin, long end, int name, int flags, Map<String, String> more) {
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
        }
        begins[size] = begin;
        ends[size] = Math.max(begin, end);
        names[size] = flags << NAME_BITS | name;
        if (!more.isEmpty()) {
            arguments.put(size, more);
        }
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long begin() {
        return Arrays.stream(begins, 0, size).min().orElse(0);
    }

    long end() {
        return Arrays.stream(ends, 0, size).max().orElse(0);
    }

    /** Shows them with their depth, children before parents; one that sticks out is cut short. */
    void show(long base, Visitor visitor) throws IOException {
        for (int i = 0; i < size; i++) {
            begins[i] = Math.max(0, begins[i] - base);
            ends[i] = Math.max(begins[i], ends[i] - base);
        }
        long[] order = sorted();
        int[] open = new int[64];
        int depth = 0;
        for (long packed : order) {
            int slice = (int) packed;
            while (depth > 0 && !encloses(open[depth - 1], slice)) {
                depth--;
                end(open, depth, visitor);
            }
            if (depth == open.length) {
                open = Arrays.copyOf(open, 2 * depth);
            }
            if (depth > 0) {
                ends[slice] = Math.min(ends[slice], ends[open[depth - 1]]);
            }
            open[depth++] = slice;
            int flags = names[slice] >>> NAME_BITS;
            visitor.begin(names[slice] & NAME_MASK, begins[slice], flags, arguments(slice));
        }
        while (depth > 0) {
            depth--;
            end(open, depth, visitor);
        }
    }

    /** A slice that comes later in the order is inside unless this one has ended. */
    private boolean encloses(int outer, int inner) {
        return begins[inner] < ends[outer] || ends[inner] <= ends[outer];
    }

    private void end(int[] open, int depth, Visitor visitor) throws IOException {
        int slice = open[depth];
        int name = names[slice] & NAME_MASK;
        int flags = names[slice] >>> NAME_BITS & ~SliceFlags.RECURSIVE;
        for (int i = depth - 1; i >= 0; i--) {
            if ((names[open[i]] & NAME_MASK) == name) {
                flags |= SliceFlags.RECURSIVE;
                break;
            }
        }
        long duration = ends[slice] - begins[slice];
        visitor.end(name, begins[slice], duration, depth, flags, arguments(slice));
    }

    private Map<String, String> arguments(int slice) {
        return arguments.getOrDefault(slice, Map.of());
    }

    /**
     * Indices by begin, the longer first; of equals the later first, because parents come after
     * their children in the files of all tracers that write at the end of a call.
     */
    private long[] sorted() {
        Integer[] indices = new Integer[size];
        Arrays.setAll(indices, i -> i);
        Arrays.sort(
                indices,
                (a, b) -> {
                    int byBegin = Long.compare(begins[a], begins[b]);
                    if (byBegin != 0) {
                        return byBegin;
                    }
                    int byEnd = Long.compare(ends[b], ends[a]);
                    return byEnd != 0 ? byEnd : Integer.compare(b, a);
                });
        long[] order = new long[size];
        Arrays.setAll(order, i -> indices[i]);
        return order;
    }
}
