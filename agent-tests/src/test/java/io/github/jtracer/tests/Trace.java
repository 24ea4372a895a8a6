package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceFile;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import io.github.jtracer.trace.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A recording, read: its slices by thread, and what its file as JSON says. */
final class Trace implements TraceSink {
    /** A call: short names, as {@code Calls.outer}. */
    record Slice(
            int thread,
            String name,
            long begin,
            long end,
            int depth,
            int flags,
            Map<String, String> arguments) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** There is nothing to say about it. */
        boolean plain() {
            return !has(SliceFlags.REMARKABLE);
        }

        long duration() {
            return end - begin;
        }
    }

    final Message stopped;
    final Map<Integer, ThreadTrack> threads = new LinkedHashMap<>();
    final Map<Integer, List<StackTraceElement>> stacks = new HashMap<>();
    final List<Slice> slices = new ArrayList<>();
    private final Map<Integer, String> labels = new HashMap<>();
    private final Map<Integer, List<Slice>> waiting = new HashMap<>();
    private final List<String> misnested = new ArrayList<>();
    final ChromeFile json;
    TraceInfo info;
    Totals totals;

    private Trace(Message stopped, ChromeFile json) {
        this.stopped = stopped;
        this.json = json;
    }

    /** Reads and deletes the file. */
    static Trace of(Path file, Message stopped) throws IOException {
        Path json = Files.createTempFile("jtracer-test-", ".json");
        try (Recording recording = Recording.open(file)) {
            TraceFile.write(recording, json);
            Trace trace = new Trace(stopped, ChromeFile.read(json));
            recording.replay(trace);
            return trace.checked();
        } finally {
            Files.delete(file);
            Files.delete(json);
        }
    }

    private Trace checked() {
        assertThat(misnested).as("slices that are not inside their parent").isEmpty();
        assertThat(json.slices).as("slices in the JSON file").isEqualTo(countByLabel());
        assertThat(json.misnested).as("in the JSON file, not inside their parent").isEmpty();
        assertThat(totals.calls()).isEqualTo(slices.size());
        return this;
    }

    private Map<String, Long> countByLabel() {
        Map<String, Long> counts = new TreeMap<>();
        slices.forEach(slice -> counts.merge(slice.name, 1L, Long::sum));
        return counts;
    }

    /** Slices of the method {@code Class.method}, whatever its package. */
    List<Slice> of(String method) {
        return slices.stream().filter(slice -> simple(slice.name).equals(method)).toList();
    }

    long count(String method) {
        return of(method).size();
    }

    long count(Predicate<Slice> which) {
        return slices.stream().filter(which).count();
    }

    /** How many slices there are of each method, by {@code Class.method}. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Slice slice : slices) {
            counts.merge(simple(slice.name), 1L, Long::sum);
        }
        return counts;
    }

    private static String simple(String name) {
        int arguments = name.indexOf('(');
        String plain = arguments < 0 ? name : name.substring(0, arguments);
        int method = plain.lastIndexOf('.');
        return plain.substring(plain.lastIndexOf('.', method - 1) + 1);
    }

    long lost() {
        return totals.lostCalls();
    }

    /** Every slice has both its ends. */
    Trace complete() {
        assertThat(slices)
                .noneMatch(s -> s.has(SliceFlags.OPEN | SliceFlags.BEGIN_UNKNOWN | SliceFlags.CUT));
        assertThat(lost()).isZero();
        return this;
    }

    String nameOf(Slice slice) {
        return threads.get(slice.thread).name();
    }

    @Override
    public void start(TraceInfo traceInfo) {
        info = traceInfo;
    }

    @Override
    public void thread(ThreadTrack thread) {
        threads.put(thread.index(), thread);
    }

    @Override
    public void method(TracedMethod method, String label) {
        labels.put(method.id(), label);
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) {
        stacks.put(thread, frames);
    }

    /** A parent comes after its children: it takes those that wait for it at the next depth. */
    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        Slice slice =
                new Slice(
                        thread,
                        labels.get(method),
                        begin,
                        begin + duration,
                        depth,
                        flags,
                        arguments);
        slices.add(slice);
        List<Slice> children = waiting.computeIfAbsent(thread, t -> new ArrayList<>());
        while (!children.isEmpty() && children.get(children.size() - 1).depth > depth) {
            Slice child = children.remove(children.size() - 1);
            if (child.begin < slice.begin || child.end > slice.end) {
                misnested.add(child + " in " + slice);
            }
        }
        if (depth > 0) {
            children.add(slice);
        }
    }

    @Override
    public void ownSlice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        throw new AssertionError("nobody made a slice of its own");
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {
        throw new AssertionError("nobody made an instant");
    }

    @Override
    public void counter(int thread, String name, long time, double value) {
        throw new AssertionError("nobody counted");
    }

    @Override
    public void end(Totals result) {
        totals = result;
    }
}
