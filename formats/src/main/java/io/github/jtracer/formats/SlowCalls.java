package io.github.jtracer.formats;

import io.github.jtracer.formats.Report.SlowCall;
import io.github.jtracer.trace.SliceFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps the slowest calls, and adds their callers as these end. */
final class SlowCalls {
    private static final int MAX_PATH = 200;

    /** Whatever the order in which calls come, the same are kept. */
    private static final Comparator<Candidate> SLOWEST =
            Comparator.comparingLong((Candidate c) -> -c.duration)
                    .thenComparingLong(c -> c.begin)
                    .thenComparingInt(c -> c.thread)
                    .thenComparing(c -> c.name);

    private final int limit;
    private final PriorityQueue<Candidate> kept = new PriorityQueue<>(SLOWEST.reversed());

    /** By thread: those of which not all callers have ended. */
    private final Map<Integer, List<Candidate>> incomplete = new HashMap<>();

    /** By thread: those that only calls of unknown begin can be around. */
    private final Map<Integer, List<Candidate>> outermost = new HashMap<>();

    private static final class Candidate {
        String name = "";
        int thread;
        long begin;
        long duration;
        long self;
        int depth;
        boolean dropped;
        final List<String> path = new ArrayList<>();

        void called(String by) {
            if (path.size() < MAX_PATH) {
                path.add(by);
            }
        }
    }

    SlowCalls(int limit) {
        this.limit = limit;
    }

    void add(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            long self,
            long longestInside) {
        List<Candidate> waiting = incomplete.isEmpty() ? null : incomplete.get(thread);
        if (waiting != null) {
            extend(waiting, thread, name, begin, depth);
        }
        if ((flags & SliceFlags.BEGIN_UNKNOWN) != 0) {
            enclose(waiting, name, begin, depth);
            enclose(outermost.get(thread), name, begin, depth);
        }
        if (!isSlow(duration, longestInside)) {
            return;
        }
        Candidate candidate = keep(thread, name, begin, duration, self);
        candidate.depth = depth;
        incomplete.computeIfAbsent(thread, t -> new ArrayList<>()).add(candidate);
    }

    /** Adds a call of which the callers are known. */
    void add(
            int thread,
            String name,
            long begin,
            long duration,
            long self,
            long longestInside,
            IntFunction<List<String>> callers) {
        if (isSlow(duration, longestInside)) {
            keep(thread, name, begin, duration, self).path.addAll(callers.apply(MAX_PATH));
        }
    }

    /** A call that did little else than another is not meant. */
    private boolean isSlow(long duration, long longestInside) {
        if (limit == 0 || longestInside > duration - duration / 10) {
            return false;
        }
        Candidate least = kept.peek();
        return kept.size() < limit || least == null || duration >= least.duration;
    }

    private Candidate keep(int thread, String name, long begin, long duration, long self) {
        Candidate candidate = new Candidate();
        candidate.name = name;
        candidate.thread = thread;
        candidate.begin = begin;
        candidate.duration = duration;
        candidate.self = self;
        kept.add(candidate);
        if (kept.size() > limit) {
            kept.remove().dropped = true;
        }
        return candidate;
    }

    List<SlowCall> slowest(List<@Nullable String> threadNames) {
        return kept.stream()
                .sorted(SLOWEST)
                .map(
                        c ->
                                new SlowCall(
                                        c.name,
                                        String.valueOf(threadNames.get(c.thread)),
                                        c.begin,
                                        c.duration,
                                        c.self,
                                        c.path))
                .toList();
    }

    private void extend(List<Candidate> waiting, int thread, String name, long begin, int depth) {
        waiting.removeIf(candidate -> candidate.dropped);
        for (Candidate candidate : waiting) {
            if (depth < candidate.depth && begin <= candidate.begin) {
                candidate.depth = depth;
                candidate.called(name);
            }
        }
        if (depth == 0) {
            for (Candidate candidate : waiting) {
                if (candidate.depth == 0) {
                    outermost.computeIfAbsent(thread, t -> new ArrayList<>()).add(candidate);
                }
            }
            waiting.removeIf(candidate -> candidate.depth == 0);
        }
        if (waiting.isEmpty()) {
            incomplete.remove(thread);
        }
    }

    /** A call that began before what is known is around all of its own level, too. */
    private static void enclose(
            @Nullable List<Candidate> candidates, String name, long begin, int depth) {
        if (candidates == null) {
            return;
        }
        candidates.removeIf(candidate -> candidate.dropped);
        for (Candidate candidate : candidates) {
            if (Math.max(0, depth) == candidate.depth && begin <= candidate.begin) {
                candidate.called(name);
            }
        }
    }
}
