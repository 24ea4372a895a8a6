package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes what happened on threads in any order and without depths, and shows it as a {@code
 * TraceSink} expects it. Memory follows threads and depth; the events wait in temporary files.
 *
 * <p>Nearly all files have a thread's slices in the order of their ends, as they were written.
 * Going through these backwards, a caller comes before what it calls, so that a stack a thread is
 * all that it takes. What has another order is sorted by begin first.
 */
final class EventOrder implements Closeable {
    /** In place of a depth that is to be found out. */
    static final int UNKNOWN_DEPTH = Integer.MIN_VALUE;

    /** Rounding may make a call end so many nanoseconds before the last one inside it. */
    private static final long ROUNDING = 1_000;

    /** Sees slices as calls are, nested; in between what else happened on their threads. */
    interface Visitor {
        /** Whether it wants to see begins, and then each thread's events together. */
        boolean wantsBegins();

        void begin(int thread, int name, long time, int flags, Map<String, String> arguments)
                throws IOException;

        void end(
                int thread,
                int name,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException;

        void instant(int thread, int name, long time, Map<String, String> arguments)
                throws IOException;

        void counter(int thread, int name, long time, double value) throws IOException;
    }

    private final Tape added = new Tape();
    private final ArgumentStore arguments = new ArgumentStore();
    private final List<Thread> threads = new ArrayList<>();
    private int distinct;
    private int lastThread = -1;
    private long runs;
    private boolean disordered;

    /** What is known of a thread while its slices are added: when the last one was. */
    private static final class Thread {
        boolean seen;
        long begin;
        long end = Long.MIN_VALUE;
        long first = Long.MAX_VALUE;

        /** Slices of unknown begin around all that came before them. */
        int around;
    }

    /**
     * A slice. Its end is moved to its begin if it is before that.
     *
     * @param depth where it is known, {@link #UNKNOWN_DEPTH} where it is not
     */
    void slice(
            int thread,
            int name,
            long begin,
            long end,
            int depth,
            int flags,
            Map<String, String> more)
            throws IOException {
        long until = Math.max(begin, end);
        Thread last = on(thread);
        boolean rounded =
                begin <= last.begin && until >= last.begin && last.end - until <= ROUNDING;
        boolean inside = begin > last.begin && begin < last.end;
        disordered |= until < last.end && !rounded || until == last.end && inside;
        last.begin = begin;
        last.end = Math.max(last.end, until);
        int known = depth;
        if (depth == UNKNOWN_DEPTH
                && (flags & SliceFlags.BEGIN_UNKNOWN) != 0
                && begin <= last.first) {
            known = -1 - last.around++;
        }
        last.first = Math.min(last.first, begin);
        long head = EventRecord.head(thread, EventRecord.SLICE, flags, name);
        added.add(head, begin, until, EventRecord.detail(known, arguments.add(more)));
    }

    void instant(int thread, int name, long time, Map<String, String> more) throws IOException {
        on(thread);
        long head = EventRecord.head(thread, EventRecord.INSTANT, 0, name);
        added.add(head, time, time, EventRecord.detail(0, arguments.add(more)));
    }

    void counter(int thread, int name, long time, double value) throws IOException {
        on(thread);
        long head = EventRecord.head(thread, EventRecord.COUNTER, 0, name);
        added.add(head, time, Double.doubleToRawLongBits(value), 0);
    }

    /**
     * Shows everything, with times that count from {@code base}; can be called once. Slices nest:
     * one that sticks out is cut short.
     */
    void show(long base, Visitor visitor) throws IOException {
        boolean grouped = runs == distinct || !visitor.wantsBegins();
        if (!disordered && grouped) {
            try (Tape events = new Tape()) {
                NestingStacks stacks = new NestingStacks(events, visitor.wantsBegins());
                if (stacks.nestBackward(added)) {
                    events.backward((a, b, c, d) -> show(visitor, base, a, b, c, d));
                    return;
                }
            }
        }
        try (Tape sorted = EventSort.byBegin(added);
                Tape events = new Tape()) {
            new NestingStacks(events, visitor.wantsBegins()).nestForward(sorted);
            events.forward((a, b, c, d) -> show(visitor, base, a, b, c, d));
        }
    }

    /**
     * Shows the slices in another order, if they are in one that allows it. If it returns false,
     * what was shown is of no use, and {@link #show} shows it.
     */
    boolean showCalleesFirst(long base, CalleesFirst.Visitor visitor) throws IOException {
        return !disordered && new CalleesFirst(base, visitor).show(added);
    }

    @Override
    public void close() throws IOException {
        added.close();
        arguments.close();
    }

    private Thread on(int thread) {
        while (threads.size() <= thread) {
            threads.add(new Thread());
        }
        Thread known = threads.get(thread);
        if (thread != lastThread) {
            lastThread = thread;
            runs++;
        }
        if (!known.seen) {
            known.seen = true;
            distinct++;
        }
        return known;
    }

    private void show(Visitor visitor, long base, long head, long begin, long end, long detail)
            throws IOException {
        int thread = EventRecord.thread(head);
        int name = EventRecord.name(head);
        int flags = EventRecord.flags(head);
        long from = Math.max(0, begin - base);
        long place = EventRecord.arguments(detail);
        Map<String, String> more = place == 0 ? Map.of() : arguments.get(place);
        switch (EventRecord.kind(head)) {
            case EventRecord.SLICE -> {
                long duration = Math.max(from, end - base) - from;
                int depth = EventRecord.depth(detail);
                visitor.end(thread, name, from, duration, depth, flags, more);
            }
            case EventRecord.BEGIN -> visitor.begin(thread, name, from, flags, more);
            case EventRecord.INSTANT -> visitor.instant(thread, name, from, more);
            default -> visitor.counter(thread, name, from, Double.longBitsToDouble(end));
        }
    }
}
