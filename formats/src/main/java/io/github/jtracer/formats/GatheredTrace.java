package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonParser;
import io.github.jtracer.trace.RecordingFormat;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a file away that may have any order and says only at its end what they belong
 * to, and shows them to a sink then.
 */
final class GatheredTrace implements Closeable {
    private final TraceSink sink;
    private final Names names = new Names();
    private final EventOrder order = new EventOrder();
    private final Map<List<Long>, Gathered> threads = new LinkedHashMap<>();
    private final List<Gathered> used = new ArrayList<>();
    private final Map<Long, String> processes = new LinkedHashMap<>();
    private final Metadata metadata = new Metadata();
    private @Nullable Gathered recent;
    private boolean ours;
    private boolean absolute;
    private boolean spread;
    private long baseEpochNanos;
    private long earliest = Long.MAX_VALUE;
    private long latest;
    private long calls;
    private final long[] flagCounts = new long[5];

    private record Begun(String category, String name, long time, Map<String, String> arguments) {}

    private static final class Gathered {
        long pid;
        long tid;
        String name = "";
        ThreadTrack.Kind kind = ThreadTrack.Kind.PLATFORM;
        boolean ended;
        final Deque<Begun> open = new ArrayDeque<>();
        List<StackTraceElement> stack = List.of();

        int around;

        /** Among the threads that have events; -1 until the first. */
        int index = -1;
    }

    GatheredTrace(TraceSink sink) {
        this.sink = sink;
    }

    void jtracer(JsonParser json) throws IOException {
        ours = true;
        metadata.read(json);
    }

    /** Times count from 1970, not from the start of the recording. */
    void timesAreAbsolute() {
        absolute = true;
    }

    /** Calls of unknown begin that are around all else begin one after the other, not at once. */
    void beginsAreSpread() {
        spread = true;
    }

    void located(String label, String sourceFile, int line) {
        metadata.locations.put(label, new Metadata.Location(sourceFile, line));
    }

    void process(long pid, String name) {
        processes.put(pid, name);
    }

    void thread(long pid, long tid, String name, ThreadTrack.Kind kind, boolean ended) {
        Gathered thread = thread(pid, tid);
        thread.name = name;
        thread.kind = kind;
        thread.ended = ended;
    }

    void baseEpochNanos(long nanos) {
        baseEpochNanos = nanos;
    }

    void event(
            String phase,
            String category,
            String name,
            long pid,
            long tid,
            long time,
            long length,
            Map<String, String> arguments)
            throws IOException {
        if (phase.equals("M")) {
            describe(name, pid, tid, arguments);
            return;
        }
        if (category.equals("jtracer") && !arguments.containsKey("stack")) {
            return; // says what was lost, which the metadata does too
        }
        if (phase.isEmpty() || "XBEiIC".indexOf(phase.charAt(0)) < 0) {
            return; // flows, objects: nothing that jtracer shows
        }
        Gathered thread = thread(pid, tid);
        if (thread.index < 0) {
            thread.index = used.size();
            used.add(thread);
        }
        switch (phase) {
            case "X" -> add(thread, category, name, time, time + Math.max(0, length), arguments);
            case "B" -> thread.open.push(new Begun(category, name, time, arguments));
            case "E" -> {
                Begun begun = thread.open.poll();
                if (begun != null) {
                    Map<String, String> all = merged(begun.arguments(), arguments);
                    long begin = begun.time();
                    if (spread && "unknown".equals(arguments.get("begin"))) {
                        Begun caller = thread.open.peek();
                        begin =
                                caller == null
                                        ? begin + ++thread.around
                                        : Math.max(begin, caller.time());
                    }
                    add(thread, begun.category(), begun.name(), begin, time, all);
                }
            }
            case "i", "I" -> {
                if (category.equals("jtracer")) {
                    thread.stack = frames(arguments.getOrDefault("stack", ""));
                } else {
                    order.instant(thread.index, names.own(name), time, arguments);
                }
            }
            default -> counters(thread, name, time, arguments);
        }
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
    }

    void show() throws IOException {
        long base = ours || earliest == Long.MAX_VALUE ? 0 : earliest;
        if (absolute) {
            base = metadata.info().startEpochNanos();
        }
        metadata.locations.forEach((label, at) -> names.located(label, at.file(), at.line()));
        TraceInfo info = ours ? metadata.info() : foreign(base);
        sink.start(info);
        for (Gathered thread : used) {
            while (!thread.open.isEmpty()) {
                Begun begun = thread.open.poll();
                int id = id(begun.category(), begun.name());
                add(thread, id, begun.time(), latest, SliceFlags.OPEN, begun.arguments());
            }
            String name = thread.name.isEmpty() ? "thread-" + thread.tid : thread.name;
            sink.thread(
                    new ThreadTrack(
                            thread.index, thread.pid, thread.tid, name, thread.kind, thread.ended));
            if (!thread.stack.isEmpty()) {
                sink.stack(thread.index, thread.stack);
            }
        }
        if (!showSums(base)) {
            order.show(base, names.visitor(sink));
        }
        sink.end(ours ? metadata.totals() : counted(used.size()));
    }

    private boolean showSums(long base) throws IOException {
        if (!(sink instanceof SummingSink sums) || !sums.takesLastFirst()) {
            return false;
        }
        boolean shown = order.showCalleesFirst(base, names.calleesFirst(sums));
        if (!shown) {
            sums.forget();
        }
        return shown;
    }

    @Override
    public void close() throws IOException {
        order.close();
    }

    private static Map<String, String> merged(Map<String, String> begin, Map<String, String> end) {
        if (begin.isEmpty() || end.isEmpty()) {
            return begin.isEmpty() ? end : begin;
        }
        Map<String, String> all = new LinkedHashMap<>(begin);
        all.putAll(end);
        return all;
    }

    private void describe(String name, long pid, long tid, Map<String, String> arguments) {
        String value = arguments.getOrDefault("name", "");
        if (name.equals("process_name")) {
            processes.put(pid, value);
        } else if (name.equals("thread_name")) {
            Gathered thread = thread(pid, tid);
            thread.name = value;
            thread.kind =
                    arguments.containsKey("lane")
                            ? ThreadTrack.Kind.LANE
                            : arguments.containsKey("virtual")
                                    ? ThreadTrack.Kind.VIRTUAL
                                    : ThreadTrack.Kind.PLATFORM;
            thread.ended = arguments.containsKey("ended");
        }
    }

    private void add(
            Gathered thread,
            String category,
            String name,
            long begin,
            long end,
            Map<String, String> arguments)
            throws IOException {
        int flags = 0;
        Map<String, String> rest = arguments;
        if (ourEvents(category) && !arguments.isEmpty()) {
            rest = new LinkedHashMap<>(arguments);
            flags |= rest.remove("open", "true") ? SliceFlags.OPEN : 0;
            flags |= rest.remove("begin", "unknown") ? SliceFlags.BEGIN_UNKNOWN : 0;
            flags |= rest.remove("exception", "true") ? SliceFlags.EXCEPTION : 0;
            flags |= rest.remove("cut", "true") ? SliceFlags.CUT : 0;
        }
        add(thread, id(category, name), begin, end, flags, rest);
    }

    private void add(
            Gathered thread,
            int name,
            long begin,
            long end,
            int flags,
            Map<String, String> arguments)
            throws IOException {
        order.slice(thread.index, name, begin, end, EventOrder.UNKNOWN_DEPTH, flags, arguments);
        latest = Math.max(latest, end);
        calls++;
        for (int bit = 0; bit < flagCounts.length; bit++) {
            flagCounts[bit] += flags >>> bit & 1;
        }
    }

    private int id(String category, String name) {
        return category.equals("own") ? names.own(name) : names.method(name);
    }

    private static boolean ourEvents(String category) {
        return category.equals("method") || category.equals("own");
    }

    private void counters(Gathered thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            boolean plain = arguments.size() == 1 && argument.getKey().equals("value");
            String label = plain ? name : name + "." + argument.getKey();
            try {
                double value = Double.parseDouble(argument.getValue());
                order.counter(thread.index, names.own(label), time, value);
            } catch (NumberFormatException e) {
                continue; // not a number: nothing to draw
            }
        }
    }

    private static List<StackTraceElement> frames(String text) {
        return Arrays.stream(text.split("\n"))
                .filter(line -> !line.isEmpty())
                .map(GatheredTrace::frame)
                .toList();
    }

    private static StackTraceElement frame(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasLine = colon > 0 && text.substring(colon + 1).matches("\\d{1,9}");
        String name = hasLine ? text.substring(0, colon) : text;
        int line = hasLine ? Integer.parseInt(text.substring(colon + 1)) : -1;
        int dot = name.lastIndexOf('.');
        return new StackTraceElement(
                dot < 0 ? "" : name.substring(0, dot), name.substring(dot + 1), null, line);
    }

    private Gathered thread(long pid, long tid) {
        if (recent == null || recent.pid != pid || recent.tid != tid) {
            recent =
                    threads.computeIfAbsent(
                            List.of(pid, tid),
                            key -> {
                                Gathered created = new Gathered();
                                created.pid = pid;
                                created.tid = tid;
                                return created;
                            });
        }
        return recent;
    }

    private TraceInfo foreign(long base) {
        Map<String, String> fields = new LinkedHashMap<>();
        processes.forEach((pid, name) -> fields.put(TraceInfo.PROCESS + pid, name));
        if (!threads.isEmpty()) {
            long pid = threads.keySet().iterator().next().get(0);
            fields.put(RecordingFormat.HEADER_PID, String.valueOf(pid));
            fields.put(RecordingFormat.HEADER_MAIN, processes.getOrDefault(pid, ""));
        }
        long epoch = baseEpochNanos == 0 ? 0 : baseEpochNanos + base;
        return new TraceInfo(fields, epoch, Math.max(0, latest - base));
    }

    private Totals counted(int threadCount) {
        return new Totals(
                calls,
                flagCounts[0],
                flagCounts[1],
                flagCounts[2],
                flagCounts[3],
                0,
                threadCount,
                0,
                0,
                0,
                0,
                0,
                2 * calls);
    }
}
