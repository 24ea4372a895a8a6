package io.github.jtracer.formats;

import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.formats.Report.OwnSlices;
import io.github.jtracer.formats.Report.ThreadTime;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Report} out of a trace, in one pass. Memory follows methods and threads, and, for
 * the tree of a method, the different paths inside it.
 */
public final class Reports implements SummingSink {
    private final @Nullable String treeOf;
    private final int slowest;
    private final SelfTimes selfTimes = new SelfTimes();
    private SlowCalls slowCalls;
    private final Forest forest = new Forest();
    private final Map<String, MethodSums> methodsByLabel = new HashMap<>();
    private final Map<String, Integer> ownNames = new HashMap<>();
    private long ownSlices;
    private @Nullable MethodSums[] sums = new MethodSums[1024];
    private final List<MethodSums> all = new ArrayList<>();
    private final List<@Nullable ThreadTrack> threads = new ArrayList<>();
    private long[] threadCalls = new long[16];
    private long[] threadBusy = new long[16];
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);
    private @Nullable Totals totals;
    private boolean severalProcesses;

    private static final class MethodSums {
        final int index;
        final String name;
        long self;
        long total;
        long sum;
        long count;
        long max;
        Histogram histogram = new Histogram();

        MethodSums(int index, String name) {
            this.index = index;
            this.name = name;
        }
    }

    private static long pidOf(List<@Nullable ThreadTrack> threads) {
        for (ThreadTrack thread : threads) {
            if (thread != null) {
                return thread.pid();
            }
        }
        return 0;
    }

    private Reports(int slowest, @Nullable String treeOf) {
        this.slowest = slowest;
        this.slowCalls = new SlowCalls(slowest);
        this.treeOf = treeOf;
    }

    /**
     * Reads the trace and adds it up.
     *
     * @param slowest how many individual calls to keep
     * @param treeOf the method whose calls to show as a tree: its label or the end of it, from a
     *     dot on; or null
     */
    public static Report of(Trace trace, int slowest, @Nullable String treeOf) throws IOException {
        Reports reports = new Reports(slowest, treeOf);
        trace.replay(reports);
        return reports.report();
    }

    @Override
    public void start(TraceInfo traceInfo) {
        info = traceInfo;
    }

    @Override
    public void thread(ThreadTrack thread) {
        while (threads.size() <= thread.index()) {
            threads.add(null);
        }
        threads.set(thread.index(), thread);
        severalProcesses |= thread.pid() != pidOf(threads);
    }

    @Override
    public void method(TracedMethod method, String label) {
        int id = method.id();
        if (id >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(id + 1, 2 * sums.length));
        }
        // Of several processes, or class loaders, each has its own: for a reader it is one method.
        sums[id] = methodsByLabel.computeIfAbsent(label, this::newSums);
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
        MethodSums m = sums[method];
        if (m != null) {
            add(m, thread, begin, duration, depth, flags);
        }
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
        add(ownSums(name), thread, begin, duration, depth, flags);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {}

    @Override
    public void counter(int thread, String name, long time, double value) {}

    @Override
    public void end(Totals traceTotals) {
        totals = traceTotals;
    }

    private MethodSums newSums(String label) {
        MethodSums created = new MethodSums(all.size(), label);
        all.add(created);
        return created;
    }

    @Override
    public boolean takesLastFirst() {
        return treeOf == null;
    }

    @Override
    public void summed(
            int thread,
            int method,
            @Nullable String own,
            long begin,
            long duration,
            int depth,
            int flags,
            long self,
            long longestInside,
            IntFunction<List<String>> callers) {
        MethodSums m = own == null ? sums[method] : ownSums(own);
        if (m != null) {
            add(m, thread, duration, flags, self);
            slowCalls.add(thread, m.name, begin, duration, self, longestInside, callers);
        }
    }

    @Override
    public void forget() {
        ownSlices = 0;
        for (MethodSums m : all) {
            m.self = 0;
            m.total = 0;
            m.sum = 0;
            m.count = 0;
            m.max = 0;
            m.histogram = new Histogram();
        }
        Arrays.fill(threadCalls, 0);
        Arrays.fill(threadBusy, 0);
        slowCalls = new SlowCalls(slowest);
    }

    /** The sums for one more slice of the application's own. */
    private MethodSums ownSums(String name) {
        ownSlices++;
        return all.get(ownNames.computeIfAbsent(name, n -> newSums(n).index));
    }

    private void add(MethodSums m, int thread, long begin, long duration, int depth, int flags) {
        long self = selfTimes.add(thread, duration, depth, flags);
        add(m, thread, duration, flags, self);
        slowCalls.add(
                thread, m.name, begin, duration, depth, flags, self, selfTimes.longestInside());
        if (treeOf != null) {
            forest.add(thread, m.index, m.name, self, duration, depth, flags);
        }
    }

    private void add(MethodSums m, int thread, long duration, int flags, long self) {
        m.self += self;
        m.sum += duration;
        m.count++;
        if ((flags & SliceFlags.RECURSIVE) == 0) {
            m.total += duration;
        }
        m.max = Math.max(m.max, duration);
        m.histogram.add(duration);
        if (thread >= threadCalls.length) {
            int size = Math.max(thread + 1, 2 * threadCalls.length);
            threadCalls = Arrays.copyOf(threadCalls, size);
            threadBusy = Arrays.copyOf(threadBusy, size);
        }
        threadCalls[thread]++;
        threadBusy[thread] += self;
    }

    private Report report() {
        List<MethodTimes> methods =
                all.stream()
                        .filter(m -> m.count > 0)
                        .map(Reports::times)
                        .sorted(
                                Comparator.comparingLong(MethodTimes::self)
                                        .reversed()
                                        .thenComparing(MethodTimes::name))
                        .toList();
        if (totals == null) {
            throw new IllegalStateException("a trace without an end");
        }
        CallNode tree = treeOf == null ? null : Trees.of(forest, treeOf);
        return new Report(
                info,
                totals,
                methods,
                slowCalls.slowest(threadNames()),
                threadTimes(),
                tree,
                new OwnSlices(ownSlices, ownNames.size()));
    }

    private static MethodTimes times(MethodSums m) {
        return new MethodTimes(
                m.name,
                m.self,
                m.total,
                m.count,
                m.sum / m.count,
                Math.min(m.max, m.histogram.percentile(0.5, m.count)),
                Math.min(m.max, m.histogram.percentile(0.99, m.count)),
                m.max);
    }

    private List<@Nullable String> threadNames() {
        List<@Nullable String> names = new ArrayList<>();
        for (ThreadTrack thread : threads) {
            names.add(thread == null ? null : nameOf(thread));
        }
        return names;
    }

    /** With its process, where there are several. */
    private String nameOf(ThreadTrack thread) {
        return severalProcesses ? thread.name() + " (pid " + thread.pid() + ")" : thread.name();
    }

    private List<ThreadTime> threadTimes() {
        List<ThreadTime> times = new ArrayList<>();
        long busy = 0;
        long calls = 0;
        long virtual = 0;
        for (int i = 0; i < threads.size(); i++) {
            ThreadTrack thread = threads.get(i);
            long made = i < threadCalls.length ? threadCalls[i] : 0;
            if (thread == null || made == 0) {
                continue;
            }
            if (thread.virtual()) {
                virtual++;
                busy += threadBusy[i];
                calls += made;
            } else {
                // A lane is no thread: it counts as none, and its number is nobody's.
                boolean lane = thread.lane();
                long tid = lane ? 0 : thread.tid();
                times.add(new ThreadTime(nameOf(thread), tid, threadBusy[i], made, lane ? 0 : 1));
            }
        }
        if (virtual > 0) {
            times.add(new ThreadTime(virtual + " virtual threads", 0, busy, calls, virtual));
        }
        times.sort(Comparator.comparingLong(ThreadTime::busy).reversed());
        return times;
    }
}
