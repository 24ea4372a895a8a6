package io.github.jtracer.trace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which calls do not go on their thread's own track: Perfetto nests 512 slices on a track and takes
 * the ends of deeper ones for those of others. A level is so many calls deep. And calls in the
 * middle of a thread of which only the end is known: Perfetto would take the first of them, which
 * is the innermost, for the outermost.
 */
final class DeepTracks {
    /** The level of calls with an unknown begin and a known caller. */
    static final int LOST = Integer.MAX_VALUE;

    private static final int CALLS = 250;

    private record Lost(long begin, long calls) {}

    private final Map<Integer, Lost> lost = new HashMap<>();
    private final Set<Long> known = new HashSet<>();
    private int[] depths = new int[64];

    /** A call begins on a thread; returns its level. */
    int begin(int thread) {
        if (thread >= depths.length) {
            depths = Arrays.copyOf(depths, Math.max(thread + 1, 2 * depths.length));
        }
        return depths[thread]++ / CALLS;
    }

    /** The innermost call ends; returns its level. */
    int end(int thread) {
        return --depths[thread] / CALLS;
    }

    /**
     * The level of a call whose begin is unknown. It lies around all that is known, at a depth
     * below zero, and so does its level.
     */
    static int outer(int depth) {
        return depth < 0 ? (depth + 1) / CALLS : 0;
    }

    /** How many calls with an unknown begin the thread had that are drawn from the same time on. */
    long lostBefore(int thread, long begin) {
        Lost before = lost.get(thread);
        long calls = before != null && before.begin == begin ? before.calls : 0;
        lost.put(thread, new Lost(begin, calls + 1));
        return calls;
    }

    /** The track for a level that is not zero. */
    static long uuid(long threadTrack, int level) {
        if (level == LOST) {
            return 1L << 42 | threadTrack;
        }
        long place = level > 0 ? 2L * level : -2L * level + 1;
        return place << 42 | threadTrack;
    }

    static String name(int level) {
        if (level == LOST) {
            return "calls whose begin was lost";
        }
        return level > 0
                ? "calls deeper than " + level * CALLS
                : "callers more than " + -level * CALLS + " further out";
    }

    boolean isNew(long uuid) {
        return known.add(uuid);
    }
}
