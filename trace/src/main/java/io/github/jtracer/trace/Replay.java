package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Goes once through a recording's events and shows a sink what happened.
 *
 * <p>Platform threads come one after the other: what such a thread did is on its own carrier only,
 * in order. A virtual thread's events are spread over its carriers, and a carrier need not have
 * noticed that a thread was elsewhere in between. So as soon as a carrier's words belong to a
 * thread that is not the carrier itself, it waits, and then all that wait are merged by time, event
 * by event.
 */
final class Replay {
    private static final int MAX_THREADS = 1 << 22;
    private static final int POOLED_STACKS = 64;

    final TraceSink sink;

    /** The same, if it wants to know about begins. */
    private final BeginSink beginSink;

    /** Null where slices have the name that they began with. */
    private final FinalNames names;

    final Tally tally = new Tally();
    private final RecordingIndex index;
    private final FileChannel channel;
    private final TraceInfo info;
    private final TickScale scale;
    private final long minDuration;
    private final Map<Long, ThreadCalls> threads = new HashMap<>();
    private final List<CarrierCursor> finished = new ArrayList<>();
    private final BitSet declared = new BitSet();
    private final ArrayDeque<CallStack> stackPool = new ArrayDeque<>();
    private final AsyncSlices async = new AsyncSlices();
    private final Loss allLoss;
    private int tracks;

    /** What no thread has as its id. */
    private long firstLane;

    Replay(
            RecordingIndex index,
            FileChannel channel,
            TraceInfo info,
            TickScale scale,
            TraceSink sink,
            FinalNames names) {
        this.index = index;
        this.channel = channel;
        this.info = info;
        this.scale = scale;
        this.sink = sink;
        this.names = names;
        this.beginSink = sink instanceof BeginSink both ? both : null;
        this.minDuration = info.getLong(RecordingFormat.HEADER_MIN_DURATION_NANOS, 0);
        this.allLoss = index.losses.values().stream().reduce(Loss.NONE, Loss::plus);
    }

    Totals run() throws IOException {
        sink.start(info);
        for (Map.Entry<Long, List<StackTraceElement>> stack : index.stacks.entrySet()) {
            if (!stack.getValue().isEmpty()) {
                sink.stack(thread(stack.getKey()).track().index(), stack.getValue());
            }
        }
        PriorityQueue<CarrierCursor> waiting =
                new PriorityQueue<>(Comparator.comparingLong(CarrierCursor::peekTicks));
        for (Map.Entry<Long, List<ChunkRef>> entry : index.carriers.entrySet()) {
            CarrierCursor cursor =
                    new CarrierCursor(entry.getKey(), channel, index.byteOrder(), entry.getValue());
            if (runOwnThread(cursor)) {
                waiting.add(cursor);
            } else {
                finished.add(cursor);
            }
        }
        merge(waiting);
        firstLane = 1 + largestThread();
        for (ThreadCalls thread : threads.values()) {
            thread.finish(scale.durationNanos());
        }
        new AsyncLanes(this, async, scale.durationNanos()).show();
        Totals totals = Losses.total(index, scale, allLoss, tally, threads.values(), finished);
        sink.end(totals);
        return totals;
    }

    private long largestThread() {
        return Stream.of(index.threads, index.carriers, threads)
                .flatMap(known -> known.keySet().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Returns whether the carrier has more, for other threads than itself. */
    private boolean runOwnThread(CarrierCursor cursor) throws IOException {
        ThreadCalls own = null;
        while (cursor.advance()) {
            if (cursor.thread != cursor.carrier || switchesAway(cursor)) {
                return true;
            }
            if (own == null) {
                own = thread(cursor.carrier);
            }
            step(cursor, own);
        }
        return false;
    }

    private static boolean switchesAway(CarrierCursor cursor) {
        long word = cursor.peek();
        return (word & EventWord.KIND_MASK) == EventWord.MARK
                && (word >>> EventWord.ID_SHIFT & EventWord.MARK_TYPE_MASK)
                        == EventWord.MARK_THREAD;
    }

    private void merge(PriorityQueue<CarrierCursor> waiting) throws IOException {
        while (!waiting.isEmpty()) {
            CarrierCursor cursor = waiting.poll();
            long limit = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().peekTicks();
            ThreadCalls current = null;
            boolean more = true;
            while (more && cursor.peekTicks() <= limit) {
                if (current == null || current.tid != cursor.thread) {
                    current = thread(cursor.thread);
                }
                step(cursor, current);
                more = cursor.advance();
            }
            if (more) {
                waiting.add(cursor);
            } else {
                finished.add(cursor);
            }
        }
    }

    private void step(CarrierCursor cursor, ThreadCalls thread) throws IOException {
        long word = cursor.take();
        long nanos = scale.nanos(cursor.ticks());
        int id = (int) (word >>> EventWord.ID_SHIFT) & EventWord.ID_MASK;
        tally.events++;
        switch ((int) word & EventWord.KIND_MASK) {
            case EventWord.ENTER -> thread.enter(id, nanos);
            case EventWord.EXIT -> thread.exit(id, nanos, 0);
            case EventWord.THROWN -> thread.exit(id, nanos, SliceFlags.EXCEPTION);
            default -> mark(cursor, thread, id, nanos);
        }
    }

    private void mark(CarrierCursor cursor, ThreadCalls thread, int id, long nanos)
            throws IOException {
        int type = id & EventWord.MARK_TYPE_MASK;
        int words = id >>> EventWord.MARK_TYPE_BITS;
        switch (type) {
            case EventWord.MARK_THREAD -> {
                cursor.thread = cursor.payload();
                String name = cursor.text(words - 1);
                thread(cursor.thread).named(name);
            }
            case EventWord.MARK_COUNTER -> {
                double value = Double.longBitsToDouble(cursor.payload());
                thread.counter(cursor.text(words - 1), value, nanos);
            }
            case EventWord.MARK_SLICE_BEGIN -> {
                MarkText text = MarkText.parse(cursor.text(words));
                thread.beginOwn(text.name(), text.arguments(), nanos);
            }
            case EventWord.MARK_SLICE_END -> {
                MarkText text = MarkText.parse(cursor.text(words));
                thread.endOwn(text.name(), text.arguments(), nanos);
            }
            case EventWord.MARK_INSTANT -> {
                MarkText text = MarkText.parse(cursor.text(words));
                thread.instant(text.name(), text.arguments(), nanos);
            }
            case EventWord.MARK_CAUGHT ->
                    thread.caught((int) (cursor.payload() >>> EventWord.ID_SHIFT), nanos);
            case EventWord.MARK_ASYNC_BEGIN, EventWord.MARK_ASYNC_END -> {
                long at = cursor.position();
                Iterator<Map.Entry<String, String>> arguments =
                        MarkText.parse(cursor.text(words)).arguments().entrySet().iterator();
                if (arguments.hasNext()) {
                    Map.Entry<String, String> first = arguments.next();
                    if (type == EventWord.MARK_ASYNC_BEGIN) {
                        async.began(first.getKey(), nanos, at, words);
                    } else {
                        async.ended(first.getKey(), first.getValue(), nanos, at, words);
                    }
                }
            }
            case EventWord.MARK_ARGUMENTS ->
                    thread.arguments(MarkText.parse(cursor.text(words)).arguments());
            default -> cursor.text(words); // of a newer version; it is skipped
        }
    }

    /** Whether no call is too short to be shown. */
    boolean keepsAll() {
        return minDuration == 0;
    }

    /** Whether a call is shown; one of which not all is known always is. */
    boolean keeps(long duration, int flags) {
        return duration >= minDuration
                || (flags & SliceFlags.REMARKABLE & ~SliceFlags.EXCEPTION) != 0;
    }

    void slice(
            ThreadCalls thread,
            int id,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments)
            throws IOException {
        if (!keeps(duration, flags)) {
            tally.tooShort++;
            return;
        }
        declare(id);
        tally.kept(flags);
        sink.slice(thread.track().index(), id, begin, duration, depth, flags, arguments);
    }

    void began(ThreadCalls thread, int id, long time) throws IOException {
        if (beginSink != null) {
            declare(id);
            beginSink.begin(thread.track().index(), id, time);
        }
    }

    void beganOwn(ThreadCalls thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        if (beginSink != null) {
            String shown = names == null ? name : names.next();
            beginSink.beginOwn(thread.track().index(), shown, time, arguments);
        }
    }

    private void declare(int id) throws IOException {
        if (!declared.get(id)) {
            declared.set(id);
            TracedMethod method = index.methods.get(id);
            sink.method(method, index.methods.label(method));
        }
    }

    private ThreadCalls thread(long tid) throws IOException {
        ThreadCalls thread = threads.get(tid);
        if (thread == null) {
            if (threads.size() == MAX_THREADS) {
                throw RecordingException.damaged("it has more threads than a JVM can have");
            }
            RecordingIndex.ThreadHead head = index.threads.get(tid);
            boolean virtual = head == null && !index.carriers.containsKey(tid);
            Loss loss = virtual ? allLoss : index.losses.getOrDefault(tid, Loss.NONE);
            thread =
                    new ThreadCalls(
                            this,
                            tid,
                            head == null ? "" : head.name(),
                            virtual,
                            loss.entries() > 0);
            threads.put(tid, thread);
        }
        return thread;
    }

    /** An exit of a method that was not woven for this recording ends a call of an earlier one. */
    boolean knows(int method) {
        return index.methods.knows(method);
    }

    /** Declares a lane for asynchronous slices. */
    ThreadTrack lane(int lane) throws IOException {
        ThreadTrack track =
                new ThreadTrack(
                        tracks++,
                        pid(),
                        firstLane + lane,
                        "async " + (lane + 1),
                        ThreadTrack.Kind.LANE,
                        false);
        sink.thread(track);
        return track;
    }

    void laneBegan(ThreadTrack lane, MarkText text, long time) throws IOException {
        if (beginSink != null) {
            String shown = names == null ? text.name() : names.next();
            beginSink.beginOwn(lane.index(), shown, time, text.arguments());
        }
    }

    /** A mark's text, again. */
    String text(long at, int words) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(words * Long.BYTES).order(index.byteOrder());
        SectionInput.readFully(channel, bytes, at);
        return CarrierCursor.text(bytes.flip(), words);
    }

    int nextTrack() {
        tally.threads++;
        return tracks++;
    }

    long pid() {
        return info.pid();
    }

    boolean ended(long tid) {
        RecordingIndex.ThreadHead head = index.threads.get(tid);
        return head != null && (head.flags() & RecordingFormat.THREAD_ENDED) != 0;
    }

    CallStack borrowStack() {
        CallStack stack = stackPool.poll();
        return stack == null ? new CallStack() : stack;
    }

    void returnStack(CallStack stack) {
        if (stackPool.size() < POOLED_STACKS) {
            stackPool.push(stack);
        }
    }
}
