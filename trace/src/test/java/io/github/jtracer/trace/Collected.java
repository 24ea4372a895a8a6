package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A sink that keeps everything, for looking at it. */
public final class Collected implements TraceSink {
    public record Slice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        public long end() {
            return begin + duration;
        }
    }

    public record Instant(int thread, String name, long time, Map<String, String> arguments) {}

    public TraceInfo info;
    public Totals totals;
    public final Map<Integer, ThreadTrack> threads = new LinkedHashMap<>();
    public final Map<Integer, String> labels = new HashMap<>();
    public final Map<Integer, List<StackTraceElement>> stacks = new HashMap<>();
    public final List<Slice> slices = new ArrayList<>();
    public final List<Slice> own = new ArrayList<>();
    public final List<Instant> instants = new ArrayList<>();
    public final Map<String, List<Double>> counters = new LinkedHashMap<>();

    public static Collected of(Path file) throws Exception {
        Collected collected = new Collected();
        try (Recording recording = Recording.open(file)) {
            recording.replay(collected);
        }
        return collected;
    }

    public Slice slice(String name) {
        return slices.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    public ThreadTrack threadNamed(String name) {
        return threads.values().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public List<Slice> of(ThreadTrack thread) {
        return slices.stream().filter(s -> s.thread() == thread.index()).toList();
    }

    /** Slices of one thread are either apart or one is inside the other. */
    public void assertThatSlicesNest() {
        Map<Integer, List<Slice>> byThread =
                slices.stream().collect(Collectors.groupingBy(Slice::thread));
        for (List<Slice> all : byThread.values()) {
            List<Slice> sorted = new ArrayList<>(all);
            sorted.sort(
                    Comparator.comparingLong(Slice::begin)
                            .thenComparing(Comparator.comparingLong(Slice::end).reversed()));
            Deque<Slice> open = new ArrayDeque<>();
            for (Slice slice : sorted) {
                while (!open.isEmpty() && open.peek().end() <= slice.begin()) {
                    open.pop();
                }
                if (!open.isEmpty()) {
                    assertThat(slice.end()).isLessThanOrEqualTo(open.peek().end());
                }
                open.push(slice);
            }
        }
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
        assertThat(labels.put(method.id(), label)).isNull();
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) {
        stacks.put(thread, frames);
    }

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        assertThat(threads).containsKey(thread);
        slices.add(new Slice(thread, labels.get(method), begin, duration, depth, flags, arguments));
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
        own.add(new Slice(thread, name, begin, duration, depth, flags, arguments));
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {
        instants.add(new Instant(thread, name, time, arguments));
    }

    @Override
    public void counter(int thread, String name, long time, double value) {
        counters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    @Override
    public void end(Totals result) {
        totals = result;
    }
}
