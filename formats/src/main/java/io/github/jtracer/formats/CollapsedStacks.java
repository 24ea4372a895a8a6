package io.github.jtracer.formats;

import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes collapsed stacks for flame graph tools: a path a line, and its self time in nanoseconds.
 */
public final class CollapsedStacks implements TraceSink {
    private final Writer out;
    private final SelfTimes selfTimes = new SelfTimes();
    private final Forest forest = new Forest();
    private final Map<Integer, String> labels = new HashMap<>();
    private final Map<String, Integer> ownIds = new HashMap<>();

    private record Branch(CallNode node, String path) {}

    public CollapsedStacks(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void start(TraceInfo info) {}

    @Override
    public void thread(ThreadTrack thread) {}

    @Override
    public void method(TracedMethod method, String label) {
        labels.put(method.id(), clean(label));
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) {}

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        long self = selfTimes.add(thread, duration, depth, flags);
        String label = labels.getOrDefault(method, "");
        forest.add(thread, method, label, self, duration, depth, flags);
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
        long self = selfTimes.add(thread, duration, depth, flags);
        int id = ownIds.computeIfAbsent(name, n -> -1 - ownIds.size());
        forest.add(thread, id, clean(name), self, duration, depth, flags);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {}

    @Override
    public void counter(int thread, String name, long time, double value) {}

    @Override
    public void end(Totals totals) throws IOException {
        CallNode root = new CallNode(Integer.MIN_VALUE, "");
        for (int thread = 0; thread < forest.threads(); thread++) {
            Map<Integer, CallNode> outermost = forest.take(thread);
            if (!outermost.isEmpty()) {
                root.adopt(outermost);
            }
        }
        Deque<Branch> open = new ArrayDeque<>();
        push(open, root, "");
        while (!open.isEmpty()) {
            Branch branch = open.pop();
            if (branch.node().self() > 0) {
                out.write(branch.path() + " " + branch.node().self() + "\n");
            }
            push(open, branch.node(), branch.path() + ";");
        }
        out.flush();
    }

    private static void push(Deque<Branch> open, CallNode node, String prefix) {
        List<CallNode> children = new ArrayList<>(node.children());
        for (int i = children.size() - 1; i >= 0; i--) {
            open.push(new Branch(children.get(i), prefix + children.get(i).name()));
        }
    }

    /** Semicolons and line ends would be taken for the format's own. */
    private static String clean(String label) {
        return label.replace(';', ',').replaceAll("\\p{Cntrl}", " ");
    }
}
