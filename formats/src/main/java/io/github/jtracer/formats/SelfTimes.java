package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works out the self time of slices as they come, children before parents. */
final class SelfTimes {
    private final List<Levels> threads = new ArrayList<>();

    /** By depth: time in calls whose caller has not ended yet, and the longest of them. */
    private static final class Levels {
        long[] sums = new long[8];
        long[] longest = new long[8];
    }

    /** Longest single call directly inside the slice that was added last. */
    private long longestInside;

    long add(int thread, long duration, int depth, int flags) {
        while (threads.size() <= thread) {
            threads.add(new Levels());
        }
        Levels levels = threads.get(thread);
        int level = Math.max(0, depth);
        if (level + 1 >= levels.sums.length) {
            int size = Math.max(2 * levels.sums.length, level + 2);
            levels.sums = Arrays.copyOf(levels.sums, size);
            levels.longest = Arrays.copyOf(levels.longest, size);
        }
        // A call that began before what is known encloses all of its own level, too.
        boolean around = (flags & SliceFlags.BEGIN_UNKNOWN) != 0;
        int below = around ? level : level + 1;
        long self = duration - levels.sums[below];
        longestInside = levels.longest[below];
        levels.sums[below] = 0;
        levels.longest[below] = 0;
        levels.sums[level] += duration;
        levels.longest[level] = Math.max(levels.longest[level], duration);
        return self;
    }

    long longestInside() {
        return longestInside;
    }
}
