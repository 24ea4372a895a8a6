package io.github.jtracer.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills one block of {@link ColumnFormat} after the other. */
final class ColumnBlock {
    private static final int MAX_OWN_NAMES = 1 << 16;
    private static final int MAX_BLOCK_BYTES = 1 << 22;

    private final VarBytes[] columns = new VarBytes[ColumnFormat.COLUMNS];
    private final VarBytes whole = new VarBytes(1 << 20);
    private final List<State> states = new ArrayList<>();
    private final Map<String, Integer> methodsByName = new HashMap<>();
    private final Map<String, Integer> ownNames = new HashMap<>();
    private int[] methodNames = new int[1024];
    private int names;
    private int slices;
    private int runThread = -1;
    private int runLength;
    private int lastFlagged;
    private int lastWithArguments;

    /** What the numbers of a thread's next slice count from. */
    private static final class State {
        long end;
        int depth;

        /**
         * By depth: begin of the first slice since the last one of the level above; -1 for none.
         */
        long[] first = {-1, -1, -1, -1};
    }

    ColumnBlock() {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new VarBytes(256);
        }
    }

    boolean isEmpty() {
        return Arrays.stream(columns).allMatch(c -> c.size == 0);
    }

    boolean isFull() {
        return slices >= ColumnFormat.BLOCK_SLICES
                || columns[ColumnFormat.ARGUMENTS].size > MAX_BLOCK_BYTES
                || columns[ColumnFormat.INSTANTS].size > MAX_BLOCK_BYTES
                || columns[ColumnFormat.COUNTERS].size > MAX_BLOCK_BYTES
                || columns[ColumnFormat.STACKS].size > MAX_BLOCK_BYTES;
    }

    /** The block's bytes, up to the size; valid until the next call. Starts the next block. */
    VarBytes take() {
        endRun();
        whole.clear();
        for (VarBytes column : columns) {
            whole.column(column);
            column.clear();
        }
        slices = 0;
        runThread = -1;
        lastFlagged = 0;
        lastWithArguments = 0;
        return whole;
    }

    void thread(ThreadTrack thread) {
        VarBytes column = columns[ColumnFormat.THREADS];
        column.unsigned(thread.index());
        column.unsigned(thread.pid());
        column.unsigned(thread.tid());
        column.unsigned(
                (thread.virtual() ? ColumnFormat.THREAD_VIRTUAL : 0)
                        | (thread.lane() ? ColumnFormat.THREAD_LANE : 0)
                        | (thread.ended() ? ColumnFormat.THREAD_ENDED : 0));
        column.string(thread.name());
        while (states.size() <= thread.index()) {
            states.add(new State());
        }
    }

    void method(TracedMethod method, String label) {
        if (method.id() >= methodNames.length) {
            methodNames =
                    Arrays.copyOf(methodNames, Math.max(method.id() + 1, 2 * methodNames.length));
        }
        // Processes and class loaders may each have it: on the timeline it is one.
        String key = label + ' ' + method.className() + '.' + method.name() + method.descriptor();
        Integer known = methodsByName.putIfAbsent(key, names);
        if (known != null) {
            methodNames[method.id()] = known;
            return;
        }
        methodNames[method.id()] = names;
        name(ColumnFormat.NAME_METHOD, label, method);
    }

    int nameOf(int method) {
        return methodNames[method];
    }

    int ownName(String name) {
        Integer known = ownNames.get(name);
        if (known != null) {
            return known;
        }
        if (ownNames.size() < MAX_OWN_NAMES) {
            ownNames.put(name, names);
        }
        name(ColumnFormat.NAME_OWN, name, new TracedMethod(0, "", name, "", "", -1));
        return names - 1;
    }

    void slice(
            int thread,
            int name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        if (thread != runThread) {
            endRun();
            runThread = thread;
        }
        runLength++;
        State state = states.get(thread);
        long end = begin + duration;
        int step = depth - state.depth;
        columns[ColumnFormat.DEPTHS].signed(step);
        columns[ColumnFormat.ENDS].unsigned(end - state.end);
        columns[ColumnFormat.SLICE_NAMES].unsigned(name);
        boolean known = depth >= 0 && (flags & SliceFlags.BEGIN_UNKNOWN) == 0;
        if (known && depth + 1 >= state.first.length) {
            int from = state.first.length;
            state.first = Arrays.copyOf(state.first, Math.max(2 * from, depth + 2));
            Arrays.fill(state.first, from, state.first.length, -1);
        }
        if (known && step == -1 && state.first[depth + 1] >= 0) {
            columns[ColumnFormat.BEGINS].signed(state.first[depth + 1] - begin);
            state.first[depth + 1] = -1;
        } else {
            columns[ColumnFormat.BEGINS].unsigned(duration);
        }
        if (known && state.first[depth] < 0) {
            state.first[depth] = begin;
        }
        state.end = end;
        state.depth = depth;
        if (flags != 0) {
            columns[ColumnFormat.FLAGS].unsigned(slices - lastFlagged);
            columns[ColumnFormat.FLAGS].unsigned(flags);
            lastFlagged = slices;
        }
        if (!arguments.isEmpty()) {
            columns[ColumnFormat.ARGUMENTS].unsigned(slices - lastWithArguments);
            arguments(ColumnFormat.ARGUMENTS, arguments);
            lastWithArguments = slices;
        }
        slices++;
    }

    void instant(int thread, String name, long time, Map<String, String> arguments) {
        VarBytes column = columns[ColumnFormat.INSTANTS];
        column.unsigned(thread);
        column.unsigned(time);
        column.string(name);
        arguments(ColumnFormat.INSTANTS, arguments);
    }

    void counter(int thread, String name, long time, double value) {
        VarBytes column = columns[ColumnFormat.COUNTERS];
        column.unsigned(thread);
        column.unsigned(time);
        column.string(name);
        long bits = Double.doubleToRawLongBits(value);
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> (8 * i));
        }
        column.raw(bytes, bytes.length);
    }

    void stack(int thread, List<StackTraceElement> frames) {
        VarBytes column = columns[ColumnFormat.STACKS];
        column.unsigned(thread);
        column.unsigned(frames.size());
        for (StackTraceElement frame : frames) {
            column.string(frame.getClassName());
            column.string(frame.getMethodName());
            column.unsigned(Math.max(-1, frame.getLineNumber()) + 1);
        }
    }

    private void name(int kind, String label, TracedMethod method) {
        VarBytes column = columns[ColumnFormat.NAMES];
        column.unsigned(kind);
        column.string(label);
        column.string(method.className());
        column.string(method.name());
        column.string(method.descriptor());
        column.string(method.sourceFile());
        column.unsigned(Math.max(-1, method.line()) + 1);
        names++;
    }

    private void arguments(int column, Map<String, String> arguments) {
        columns[column].unsigned(arguments.size());
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            columns[column].string(argument.getKey());
            columns[column].string(argument.getValue());
        }
    }

    private void endRun() {
        if (runLength > 0) {
            columns[ColumnFormat.RUNS].unsigned(runThread);
            columns[ColumnFormat.RUNS].unsigned(runLength);
            runLength = 0;
        }
    }
}
