package io.github.jtracer.formats;

import io.github.jtracer.trace.SliceFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Grows call trees out of slices that come at their end: what is at one level waits for the call of
 * the level above that encloses it. Memory follows the number of different paths.
 */
final class Forest {
    /** By thread and depth: the calls that wait. */
    private final List<@Nullable List<Map<Integer, CallNode>>> waiting = new ArrayList<>();

    /** Adds a call and returns it alone, with what it encloses, merged into its level. */
    CallNode add(int thread, int id, String name, long self, long duration, int depth, int flags) {
        while (waiting.size() <= thread) {
            waiting.add(null);
        }
        List<Map<Integer, CallNode>> levels = waiting.get(thread);
        if (levels == null) {
            levels = new ArrayList<>();
            waiting.set(thread, levels);
        }
        int level = Math.max(0, depth);
        while (levels.size() <= level + 1) {
            levels.add(CallNode.nodes());
        }
        boolean around = (flags & SliceFlags.BEGIN_UNKNOWN) != 0;
        Map<Integer, CallNode> inside = levels.get(around ? level : level + 1);
        levels.set(around ? level : level + 1, CallNode.nodes());
        CallNode node = levels.get(level).computeIfAbsent(id, i -> new CallNode(i, name));
        node.add(self, duration, 1);
        if (!inside.isEmpty()) {
            node.adopt(inside);
        }
        return node;
    }

    /** What is left of a thread: its outermost calls. */
    Map<Integer, CallNode> take(int thread) {
        List<Map<Integer, CallNode>> levels = thread < waiting.size() ? waiting.get(thread) : null;
        if (levels == null) {
            return Map.of();
        }
        waiting.set(thread, null);
        return levels.get(0);
    }

    int threads() {
        return waiting.size();
    }
}
