package io.github.jtracer.formats;

import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several traces as one: on the clock that all of them noted at their start, the wall clock, with
 * the pids kept apart. They are read one after the other.
 */
final class CombinedTrace implements Trace {
    private final List<Path> files;

    CombinedTrace(List<Path> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public void replay(TraceSink sink) throws IOException {
        List<TraceInfo> infos = new ArrayList<>();
        Totals sum = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, 0);
        List<Totals> totals = new ArrayList<>();
        for (Path file : files) {
            Summary summary = new Summary();
            try (Trace trace = Trace.open(file)) {
                trace.replay(summary);
            }
            if (summary.info.startEpochNanos() == 0) {
                throw new RecordingException(
                        file + " does not say when it was recorded",
                        "Combine traces that jtracer or VizTracer wrote");
            }
            infos.add(summary.info);
            totals.add(summary.totals);
        }
        long start = infos.stream().mapToLong(TraceInfo::startEpochNanos).min().orElseThrow();
        long end =
                infos.stream()
                        .mapToLong(i -> i.startEpochNanos() + i.durationNanos())
                        .max()
                        .orElseThrow();
        Map<String, String> fields = new LinkedHashMap<>(infos.get(0).fields());
        long[] pids = distinctPids(infos);
        for (int i = 0; i < pids.length; i++) {
            fields.put(TraceInfo.PROCESS + pids[i], infos.get(i).processName());
            sum = Summary.add(sum, totals.get(i), infos.get(i).startEpochNanos() - start);
        }
        sink.start(new TraceInfo(fields, start, end - start));
        Shifted shifted = new Shifted(sink);
        for (int i = 0; i < pids.length; i++) {
            shifted.next(infos.get(i).startEpochNanos() - start, infos.get(i).pid(), pids[i]);
            try (Trace trace = Trace.open(files.get(i))) {
                trace.replay(shifted);
            }
        }
        sink.end(sum);
    }

    /** Two files of one pid, from different machines or times, are two processes here. */
    private static long[] distinctPids(List<TraceInfo> infos) {
        Set<Long> taken = new HashSet<>();
        long[] pids = new long[infos.size()];
        for (int i = 0; i < pids.length; i++) {
            long pid = infos.get(i).pid();
            while (!taken.add(pid)) {
                pid += 10_000_000;
            }
            pids[i] = pid;
        }
        return pids;
    }

    /** Passes one trace after the other on, with times, threads, methods and pids moved. */
    private static final class Shifted implements TraceSink {
        private final TraceSink sink;
        private long shift;
        private long fromPid;
        private long toPid;
        private int threadBase;
        private int methodBase;
        private int threads;
        private int methods;

        Shifted(TraceSink sink) {
            this.sink = sink;
        }

        void next(long newShift, long from, long to) {
            shift = newShift;
            fromPid = from;
            toPid = to;
            threadBase = threads;
            methodBase = methods;
        }

        @Override
        public void start(TraceInfo info) {}

        @Override
        public void thread(ThreadTrack t) throws IOException {
            int index = threadBase + t.index();
            threads = Math.max(threads, index + 1);
            long pid = t.pid() == fromPid ? toPid : t.pid();
            sink.thread(new ThreadTrack(index, pid, t.tid(), t.name(), t.kind(), t.ended()));
        }

        @Override
        public void method(TracedMethod m, String label) throws IOException {
            int id = methodBase + m.id();
            methods = Math.max(methods, id + 1);
            sink.method(
                    new TracedMethod(
                            id, m.className(), m.name(), m.descriptor(), m.sourceFile(), m.line()),
                    label);
        }

        @Override
        public void stack(int thread, List<StackTraceElement> frames) throws IOException {
            sink.stack(threadBase + thread, frames);
        }

        @Override
        public void slice(
                int thread,
                int method,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException {
            int id = methodBase + method;
            sink.slice(threadBase + thread, id, begin + shift, duration, depth, flags, arguments);
        }

        @Override
        public void ownSlice(
                int thread,
                String name,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException {
            sink.ownSlice(
                    threadBase + thread, name, begin + shift, duration, depth, flags, arguments);
        }

        @Override
        public void instant(int thread, String name, long time, Map<String, String> arguments)
                throws IOException {
            sink.instant(threadBase + thread, name, time + shift, arguments);
        }

        @Override
        public void counter(int thread, String name, long time, double value) throws IOException {
            sink.counter(threadBase + thread, name, time + shift, value);
        }

        @Override
        public void end(Totals totals) {}
    }
}
