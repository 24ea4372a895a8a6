package io.github.jtracer.formats;

import io.github.jtracer.trace.BeginSink;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the slices of a source that says only at their end that they were, and shows their begins.
 */
final class InOrder implements TraceSink {
    private final BeginSink target;
    private final List<ThreadSlices> threads = new ArrayList<>();
    private final Map<String, Integer> ownIds = new HashMap<>();
    private final List<String> ownNames = new ArrayList<>();

    InOrder(BeginSink target) {
        this.target = target;
    }

    @Override
    public void start(TraceInfo info) throws IOException {
        target.start(info);
    }

    @Override
    public void thread(ThreadTrack thread) throws IOException {
        while (threads.size() <= thread.index()) {
            threads.add(new ThreadSlices());
        }
        target.thread(thread);
    }

    @Override
    public void method(TracedMethod method, String label) throws IOException {
        target.method(method, label);
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) throws IOException {
        target.stack(thread, frames);
    }

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        threads.get(thread).add(begin, begin + duration, 2 * method, flags, arguments);
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
        int own =
                ownIds.computeIfAbsent(
                        name,
                        n -> {
                            ownNames.add(n);
                            return ownNames.size() - 1;
                        });
        threads.get(thread).add(begin, begin + duration, 2 * own + 1, flags, arguments);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        target.instant(thread, name, time, arguments);
    }

    @Override
    public void counter(int thread, String name, long time, double value) throws IOException {
        target.counter(thread, name, time, value);
    }

    @Override
    public void end(Totals totals) throws IOException {
        for (int i = 0; i < threads.size(); i++) {
            int thread = i;
            threads.get(i)
                    .show(
                            0,
                            new ThreadSlices.Visitor() {
                                @Override
                                public void begin(
                                        int id, long time, int flags, Map<String, String> arguments)
                                        throws IOException {
                                    if ((flags & SliceFlags.BEGIN_UNKNOWN) != 0) {
                                        return;
                                    }
                                    if (id % 2 == 0) {
                                        target.begin(thread, id / 2, time);
                                    } else {
                                        target.beginOwn(
                                                thread, ownNames.get(id / 2), time, arguments);
                                    }
                                }

                                @Override
                                public void end(
                                        int id,
                                        long begin,
                                        long duration,
                                        int depth,
                                        int flags,
                                        Map<String, String> arguments)
                                        throws IOException {
                                    if (id % 2 == 0) {
                                        target.slice(
                                                thread, id / 2, begin, duration, depth, flags,
                                                arguments);
                                    } else {
                                        target.ownSlice(
                                                thread,
                                                ownNames.get(id / 2),
                                                begin,
                                                duration,
                                                depth,
                                                flags,
                                                arguments);
                                    }
                                }
                            });
            threads.set(i, new ThreadSlices());
        }
        target.end(totals);
    }
}
