package io.github.jtracer.formats;

import io.github.jtracer.formats.Report.SlowCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Keeps the slowest calls, and adds their callers as these end. */
final class SlowCalls {
    private static final int MAX_PATH = 200;

    private final int limit;
    private final PriorityQueue<Candidate> kept =
            new PriorityQueue<>(Comparator.comparingLong(c -> c.duration));

    /** By thread: those of which not all callers have ended. */
    private final Map<Integer, List<Candidate>> incomplete = new HashMap<>();

    private static final class Candidate {
        String name = "";
        int thread;
        long begin;
        long duration;
        long self;
        int depth;
        boolean dropped;
        final List<String> path = new ArrayList<>();
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
            long self,
            long longestInside) {
        List<Candidate> waiting = incomplete.isEmpty() ? null : incomplete.get(thread);
        if (waiting != null) {
            extend(waiting, thread, name, begin, depth);
        }
        if (limit == 0 || longestInside > duration - duration / 10) {
            return;
        }
        Candidate least = kept.peek();
        if (kept.size() == limit && least != null && duration <= least.duration) {
            return;
        }
        Candidate candidate = new Candidate();
        candidate.name = name;
        candidate.thread = thread;
        candidate.begin = begin;
        candidate.duration = duration;
        candidate.self = self;
        candidate.depth = depth;
        kept.add(candidate);
        incomplete.computeIfAbsent(thread, t -> new ArrayList<>()).add(candidate);
        if (kept.size() > limit) {
            kept.remove().dropped = true;
        }
    }

    List<SlowCall> slowest(List<@Nullable String> threadNames) {
        return kept.stream()
                .sorted(
                        Comparator.comparingLong((Candidate c) -> -c.duration)
                                .thenComparingLong(c -> c.begin))
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
                if (candidate.path.size() < MAX_PATH) {
                    candidate.path.add(name);
                }
            }
        }
        waiting.removeIf(candidate -> candidate.depth == 0 && depth == 0);
        if (waiting.isEmpty()) {
            incomplete.remove(thread);
        }
    }
}
