package io.github.jtracer.formats;

import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.formats.Report.OwnSlices;
import io.github.jtracer.formats.Report.SlowCall;
import io.github.jtracer.formats.Report.ThreadTime;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Renders a {@link Report} for a terminal. */
public final class ReportText {
    private static final int MAX_TREE_LINES = 200;
    private static final int MAX_TREE_INDENT = 40;
    private static final int PATH_SHOWN = 6;

    private record Branch(CallNode node, int depth) {}

    /**
     * @param top how many methods and threads to show
     */
    public static String of(Report report, int top) {
        StringBuilder out = new StringBuilder();
        totals(report, out);
        methods(report, top, out);
        slowest(report, out);
        threads(report, top, out);
        if (report.tree() != null) {
            tree(report.tree(), out);
        }
        return out.toString();
    }

    private static void totals(Report report, StringBuilder out) {
        // The same number as the one that was said when it was saved: other slices are no calls.
        long all = report.methods().stream().mapToLong(MethodTimes::count).sum();
        OwnSlices own = report.own();
        line(
                out,
                "%s: %s of %s%s on %s in %s",
                report.info().processName(),
                count(all - own.count(), "call"),
                count(report.methods().size() - own.names(), "method"),
                own.count() == 0
                        ? ""
                        : " and " + count(own.count(), "slice") + " of the application's own",
                count(report.threads().stream().mapToLong(ThreadTime::threads).sum(), "thread"),
                Durations.text(report.info().durationNanos()));
        if (report.totals().lostCalls() > 0) {
            line(
                    out,
                    "%s lost: trace fewer packages (--include), leave out short calls"
                            + " (--min-duration) or take a larger --buffer.",
                    count(report.totals().lostCalls(), "call"));
        }
    }

    private static void methods(Report report, int top, StringBuilder out) {
        String row = "%12s %12s %12s %10s %10s %10s %10s  %s";
        line(out, "");
        line(out, row, "self", "total", "calls", "mean", "p50", "p99", "max", "method");
        for (MethodTimes m : report.methods().subList(0, Math.min(top, report.methods().size()))) {
            line(
                    out,
                    row,
                    Durations.text(m.self()),
                    Durations.text(m.total()),
                    String.format(Locale.ROOT, "%,d", m.count()),
                    Durations.text(m.mean()),
                    Durations.text(m.p50()),
                    Durations.text(m.p99()),
                    Durations.text(m.max()),
                    m.name());
        }
        more(out, report.methods().size() - top, "methods");
    }

    private static void slowest(Report report, StringBuilder out) {
        if (report.slowest().isEmpty()) {
            return;
        }
        line(out, "");
        line(
                out,
                "%12s %12s %12s  %s",
                "duration",
                "self",
                "at",
                "slowest calls, and their callers");
        for (SlowCall call : report.slowest()) {
            line(
                    out,
                    "%12s %12s %12s  %s  [%s]",
                    Durations.text(call.duration()),
                    Durations.text(call.self()),
                    Durations.text(call.begin()),
                    call.name(),
                    call.thread());
            List<String> path = call.path();
            for (String caller : path.subList(0, Math.min(PATH_SHOWN, path.size()))) {
                line(out, "%40s<- %s", "", caller);
            }
            if (path.size() > PATH_SHOWN) {
                line(out, "%40s<- ... %d more", "", path.size() - PATH_SHOWN);
            }
        }
    }

    private static void threads(Report report, int top, StringBuilder out) {
        line(out, "");
        line(out, "%12s %7s %12s  %s", "busy", "", "calls", "thread");
        List<ThreadTime> threads = report.threads();
        for (ThreadTime t : threads.subList(0, Math.min(top, threads.size()))) {
            double share = 100.0 * t.busy() / Math.max(1, report.info().durationNanos());
            line(
                    out,
                    "%12s %6.1f%% %12s  %s",
                    Durations.text(t.busy()),
                    share,
                    String.format(Locale.ROOT, "%,d", t.calls()),
                    t.threads() == 1 && t.tid() > 0 ? t.name() + " #" + t.tid() : t.name());
        }
        more(out, threads.size() - top, "threads");
    }

    private static void tree(CallNode root, StringBuilder out) {
        line(out, "");
        line(out, "%12s %12s %12s  %s", "total", "self", "calls", "calls inside " + root.name());
        Deque<Branch> open = new ArrayDeque<>();
        open.push(new Branch(root, 0));
        int lines = 0;
        while (!open.isEmpty() && lines < MAX_TREE_LINES) {
            Branch branch = open.pop();
            CallNode node = branch.node();
            line(
                    out,
                    "%12s %12s %12s  %s%s",
                    Durations.text(node.total()),
                    Durations.text(node.self()),
                    String.format(Locale.ROOT, "%,d", node.count()),
                    "  ".repeat(Math.min(MAX_TREE_INDENT, branch.depth())),
                    node.name());
            lines++;
            // A stack turns the order around: the longest goes on it last.
            node.children().stream()
                    .sorted(Comparator.comparingLong(CallNode::total))
                    .forEach(child -> open.push(new Branch(child, branch.depth() + 1)));
        }
        more(out, open.size(), "branches");
    }

    private static void more(StringBuilder out, int count, String what) {
        if (count > 0) {
            line(out, "%12s and %,d %s more", "", count, what);
        }
    }

    private static void line(StringBuilder out, String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values).stripTrailing();
        out.append(Printable.line(line)).append('\n');
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, what);
    }

    private ReportText() {}
}
