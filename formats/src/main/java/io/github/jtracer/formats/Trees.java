package io.github.jtracer.formats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds and adds up the trees in a {@link Forest}. */
final class Trees {
    /**
     * Everything below the outermost calls of a method, wherever they were made.
     *
     * @return null if it was never called
     */
    static @Nullable CallNode of(Forest forest, String method) {
        CallNode result = new CallNode(-1, method);
        boolean found = false;
        Deque<CallNode> open = new ArrayDeque<>();
        for (int thread = 0; thread < forest.threads(); thread++) {
            open.addAll(forest.take(thread).values());
        }
        while (!open.isEmpty()) {
            CallNode node = open.pop();
            if (!names(node.name(), method)) {
                open.addAll(node.children());
                continue;
            }
            found = true;
            result.add(node.self(), node.total(), node.count());
            Map<Integer, CallNode> inside = CallNode.nodes();
            node.children().forEach(child -> inside.put(child.id(), child));
            if (!inside.isEmpty()) {
                result.adopt(inside);
            }
        }
        return found ? result : null;
    }

    /** Whether what a person typed means the method: its whole label, or the end of it. */
    static boolean names(String label, String typed) {
        int parameters = label.indexOf('(');
        String plain = parameters < 0 ? label : label.substring(0, parameters);
        return label.equals(typed)
                || label.endsWith('.' + typed)
                || plain.equals(typed)
                || plain.endsWith('.' + typed);
    }

    private Trees() {}
}
