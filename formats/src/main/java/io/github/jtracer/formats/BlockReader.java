package io.github.jtracer.formats;

import io.github.jtracer.trace.ColumnFormat;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Shows a sink what is in the blocks of {@link ColumnFormat}. */
final class BlockReader {
    private final TraceSink sink;
    private final List<TracedMethod> names = new ArrayList<>();
    private final List<Boolean> own = new ArrayList<>();
    private final List<State> states = new ArrayList<>();

    /** As the writer's: what a thread's next numbers count from. */
    private static final class State {
        long end;
        int depth;
        long[] first = {-1, -1, -1, -1};
    }

    BlockReader(TraceSink sink) {
        this.sink = sink;
    }

    void read(byte[] block) throws IOException {
        ColumnInput all = new ColumnInput(block, 0, block.length);
        ColumnInput[] columns = new ColumnInput[ColumnFormat.COLUMNS];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = all.column();
        }
        readNames(columns[ColumnFormat.NAMES]);
        readThreads(columns[ColumnFormat.THREADS]);
        readStacks(columns[ColumnFormat.STACKS]);
        readSlices(columns);
        ColumnInput instants = columns[ColumnFormat.INSTANTS];
        while (instants.hasMore()) {
            int thread = thread(instants);
            long time = instants.number();
            String name = instants.string();
            sink.instant(thread, name, time, instants.pairs());
        }
        ColumnInput counters = columns[ColumnFormat.COUNTERS];
        while (counters.hasMore()) {
            int thread = thread(counters);
            long time = counters.number();
            String name = counters.string();
            sink.counter(thread, name, time, counters.real());
        }
    }

    private void readNames(ColumnInput column) throws IOException {
        while (column.hasMore()) {
            boolean isOwn = column.small() == ColumnFormat.NAME_OWN;
            String label = column.string();
            TracedMethod method =
                    new TracedMethod(
                            names.size(),
                            column.string(),
                            column.string(),
                            column.string(),
                            column.string(),
                            column.small() - 1);
            names.add(method);
            own.add(isOwn);
            if (!isOwn) {
                sink.method(method, label);
            }
        }
    }

    private void readThreads(ColumnInput column) throws IOException {
        while (column.hasMore()) {
            int index = column.small();
            long pid = column.number();
            long tid = column.number();
            int flags = column.small();
            if (index > states.size()) {
                throw ColumnInput.damaged();
            }
            if (index == states.size()) {
                states.add(new State());
            }
            sink.thread(
                    new ThreadTrack(
                            index,
                            pid,
                            tid,
                            column.string(),
                            kind(flags),
                            (flags & ColumnFormat.THREAD_ENDED) != 0));
        }
    }

    private static ThreadTrack.Kind kind(int flags) {
        if ((flags & ColumnFormat.THREAD_LANE) != 0) {
            return ThreadTrack.Kind.LANE;
        }
        return (flags & ColumnFormat.THREAD_VIRTUAL) != 0
                ? ThreadTrack.Kind.VIRTUAL
                : ThreadTrack.Kind.PLATFORM;
    }

    private void readStacks(ColumnInput column) throws IOException {
        while (column.hasMore()) {
            int thread = thread(column);
            int count = column.small();
            List<StackTraceElement> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String className = column.string();
                String method = column.string();
                frames.add(new StackTraceElement(className, method, null, column.small() - 1));
            }
            sink.stack(thread, frames);
        }
    }

    private void readSlices(ColumnInput[] columns) throws IOException {
        ColumnInput runs = columns[ColumnFormat.RUNS];
        ColumnInput flagged = columns[ColumnFormat.FLAGS];
        ColumnInput withArguments = columns[ColumnFormat.ARGUMENTS];
        long nextFlagged = flagged.hasMore() ? flagged.number() : -1;
        long nextArguments = withArguments.hasMore() ? withArguments.number() : -1;
        long index = 0;
        while (runs.hasMore()) {
            int thread = thread(runs);
            for (int left = runs.small(); left > 0; left--) {
                int flags = 0;
                Map<String, String> arguments = Map.of();
                if (index == nextFlagged) {
                    flags = flagged.small();
                    nextFlagged = flagged.hasMore() ? index + flagged.number() : -1;
                }
                if (index == nextArguments) {
                    arguments = withArguments.pairs();
                    nextArguments = withArguments.hasMore() ? index + withArguments.number() : -1;
                }
                slice(thread, columns, flags, arguments);
                index++;
            }
        }
    }

    private void slice(int thread, ColumnInput[] columns, int flags, Map<String, String> arguments)
            throws IOException {
        State state = states.get(thread);
        long step = columns[ColumnFormat.DEPTHS].signed();
        int depth = (int) (state.depth + step);
        long end = state.end + columns[ColumnFormat.ENDS].number();
        boolean known = depth >= 0 && (flags & SliceFlags.BEGIN_UNKNOWN) == 0;
        if (depth > 1 << 24 || depth < -(1 << 24)) {
            throw ColumnInput.damaged();
        }
        if (known && depth + 1 >= state.first.length) {
            int from = state.first.length;
            state.first = Arrays.copyOf(state.first, Math.max(2 * from, depth + 2));
            Arrays.fill(state.first, from, state.first.length, -1);
        }
        long begin;
        if (known && step == -1 && state.first[depth + 1] >= 0) {
            begin = state.first[depth + 1] - columns[ColumnFormat.BEGINS].signed();
            state.first[depth + 1] = -1;
        } else {
            begin = end - columns[ColumnFormat.BEGINS].number();
        }
        if (known && state.first[depth] < 0) {
            state.first[depth] = begin;
        }
        state.end = end;
        state.depth = depth;
        int name = columns[ColumnFormat.SLICE_NAMES].small();
        if (name >= names.size() || begin < 0 || begin > end) {
            throw ColumnInput.damaged();
        }
        long duration = end - begin;
        if (own.get(name)) {
            String text = names.get(name).name();
            sink.ownSlice(thread, text, begin, duration, depth, flags, arguments);
        } else {
            sink.slice(thread, name, begin, duration, depth, flags, arguments);
        }
    }

    private int thread(ColumnInput column) throws RecordingException {
        int thread = column.small();
        if (thread >= states.size()) {
            throw ColumnInput.damaged();
        }
        return thread;
    }
}
