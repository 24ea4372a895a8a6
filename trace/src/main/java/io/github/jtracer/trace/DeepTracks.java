package io.github.jtracer.trace;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which calls do not go on their thread's own track: Perfetto nests 512 slices on a track and takes
 * the ends of deeper ones for those of others. A level is so many calls deep.
 */
final class DeepTracks {
    private static final int CALLS = 250;

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

    /** The track for a level that is not zero. */
    static long uuid(long threadTrack, int level) {
        long place = level > 0 ? 2L * level : -2L * level + 1;
        return place << 42 | threadTrack;
    }

    static String name(int level) {
        return level > 0
                ? "calls deeper than " + level * CALLS
                : "callers more than " + -level * CALLS + " further out";
    }

    boolean isNew(long uuid) {
        return known.add(uuid);
    }
}
