package io.github.jtracer.formats;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All calls of one method on one path, added up. */
public final class CallNode {
    private final int id;
    private final String name;
    private long self;
    private long total;
    private long count;
    private @Nullable Map<Integer, CallNode> children;

    private record Pair(CallNode into, CallNode from) {}

    CallNode(int id, String name) {
        this.id = id;
        this.name = name;
    }

    int id() {
        return id;
    }

    public String name() {
        return name;
    }

    public long self() {
        return self;
    }

    public long total() {
        return total;
    }

    public long count() {
        return count;
    }

    public Collection<CallNode> children() {
        return children == null
                ? Collections.emptyList()
                : Collections.unmodifiableCollection(children.values());
    }

    void add(long moreSelf, long moreTotal, long moreCount) {
        self += moreSelf;
        total += moreTotal;
        count += moreCount;
    }

    /** Adopts the nodes; those that are there already are merged, however deep. */
    void adopt(Map<Integer, CallNode> nodes) {
        if (children == null) {
            children = nodes;
            return;
        }
        Deque<Pair> open = new ArrayDeque<>();
        merge(children, nodes, open);
        while (!open.isEmpty()) {
            Pair pair = open.pop();
            pair.into.add(pair.from.self, pair.from.total, pair.from.count);
            if (pair.from.children == null) {
                continue;
            }
            if (pair.into.children == null) {
                pair.into.children = pair.from.children;
            } else {
                merge(pair.into.children, pair.from.children, open);
            }
        }
    }

    private static void merge(
            Map<Integer, CallNode> into, Map<Integer, CallNode> from, Deque<Pair> open) {
        for (CallNode node : from.values()) {
            CallNode known = into.putIfAbsent(node.id, node);
            if (known != null) {
                open.push(new Pair(known, node));
            }
        }
    }

    static Map<Integer, CallNode> nodes() {
        return new LinkedHashMap<>(4);
    }
}
