package io.github.jtracer.trace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Puts asynchronous slices into lanes, so that those in one lane are apart, or one is inside the
 * other because it belongs there: the slice around it was named when it began.
 */
final class AsyncLanes {
    private final Replay replay;
    private final AsyncSlices slices;
    private final List<Integer> order;

    /** By slice. */
    private final int[] laneOf;

    /** By lane: the open slices, innermost first. */
    private final List<Deque<Integer>> open = new ArrayList<>();

    private final TreeSet<Integer> free = new TreeSet<>();

    AsyncLanes(Replay replay, AsyncSlices slices, long stop) {
        this.replay = replay;
        this.slices = slices;
        this.order = slices.inOrder(stop);
        this.laneOf = new int[order.size()];
    }

    /** Shows them all, lane after lane. */
    void show() throws IOException {
        assign();
        order.sort(Comparator.comparingInt(slot -> laneOf[slot])); // stable: by begin in each lane
        ThreadTrack track = null;
        Deque<Shown> shown = new ArrayDeque<>();
        int lane = -1;
        for (int slot : order) {
            if (laneOf[slot] != lane) {
                end(track, shown, Long.MAX_VALUE);
                lane = laneOf[slot];
                track = replay.lane(lane);
            }
            long begin = slices.begin(slot);
            end(track, shown, begin);
            MarkText text = slices.text(slot, replay);
            replay.laneBegan(track, text, begin);
            shown.push(new Shown(slot, text));
        }
        end(track, shown, Long.MAX_VALUE);
    }

    private record Shown(int slot, MarkText text) {}

    private void end(ThreadTrack track, Deque<Shown> shown, long until) throws IOException {
        while (!shown.isEmpty() && slices.end(shown.peek().slot) <= until) {
            Shown ended = shown.pop();
            long begin = slices.begin(ended.slot);
            replay.sink.ownSlice(
                    track.index(),
                    ended.text.name(),
                    begin,
                    slices.end(ended.slot) - begin,
                    shown.size(),
                    slices.flags(ended.slot),
                    ended.text.arguments());
        }
    }

    private void assign() {
        PriorityQueue<Integer> outermost =
                new PriorityQueue<>(Comparator.comparingLong(slices::end));
        for (int slot : order) {
            while (!outermost.isEmpty() && slices.end(outermost.peek()) <= slices.begin(slot)) {
                free.add(laneOf[outermost.poll()]);
            }
            int lane = laneAround(slot);
            if (lane < 0) {
                lane = freeLane();
                outermost.add(slot);
            }
            laneOf[slot] = lane;
            open.get(lane).push(slot);
        }
    }

    /** The lane of the slice around it, if it has room there at that time, or -1. */
    private int laneAround(int slot) {
        int around = slices.around(slot);
        if (around < 0 || slices.end(around) < slices.end(slot)) {
            return -1;
        }
        // Not yet in a lane of its own if it began later; then it is not the innermost there.
        int lane = laneOf[around];
        if (lane >= open.size()) {
            return -1;
        }
        Deque<Integer> inside = open.get(lane);
        while (!inside.isEmpty() && slices.end(inside.peek()) <= slices.begin(slot)) {
            inside.pop();
        }
        return !inside.isEmpty() && inside.peek() == around ? lane : -1;
    }

    private int freeLane() {
        Integer lane = free.pollFirst();
        if (lane == null) {
            lane = open.size();
            open.add(new ArrayDeque<>());
        }
        open.get(lane).clear();
        return lane;
    }
}
