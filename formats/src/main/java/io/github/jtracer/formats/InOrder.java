package io.github.jtracer.formats;

import io.github.jtracer.trace.BeginSink;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the slices of a source away that says only at their end that they were, and shows their
 * begins.
 */
final class InOrder implements TraceSink, Closeable {
    private final BeginSink target;
    private final EventOrder order = new EventOrder();
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
            Map<String, String> arguments)
            throws IOException {
        order.slice(thread, 2 * method, begin, begin + duration, depth, flags, arguments);
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
        order.slice(thread, own(name), begin, begin + duration, depth, flags, arguments);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        order.instant(thread, own(name), time, arguments);
    }

    @Override
    public void counter(int thread, String name, long time, double value) throws IOException {
        order.counter(thread, own(name), time, value);
    }

    @Override
    public void end(Totals totals) throws IOException {
        order.show(0, new Shown());
        target.end(totals);
    }

    @Override
    public void close() throws IOException {
        order.close();
    }

    private int own(String name) {
        Integer known = ownIds.get(name);
        if (known == null) {
            known = 2 * ownNames.size() + 1;
            ownIds.put(name, known);
            ownNames.add(name);
        }
        return known;
    }

    private final class Shown implements EventOrder.Visitor {
        @Override
        public boolean wantsBegins() {
            return true;
        }

        @Override
        public void begin(int thread, int id, long time, int flags, Map<String, String> arguments)
                throws IOException {
            if ((flags & SliceFlags.BEGIN_UNKNOWN) != 0) {
                return;
            }
            if (id % 2 == 0) {
                target.begin(thread, id / 2, time);
            } else {
                target.beginOwn(thread, ownNames.get(id / 2), time, arguments);
            }
        }

        @Override
        public void end(
                int thread,
                int id,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException {
            if (id % 2 == 0) {
                target.slice(thread, id / 2, begin, duration, depth, flags, arguments);
            } else {
                String name = ownNames.get(id / 2);
                target.ownSlice(thread, name, begin, duration, depth, flags, arguments);
            }
        }

        @Override
        public void instant(int thread, int id, long time, Map<String, String> arguments)
                throws IOException {
            target.instant(thread, ownNames.get(id / 2), time, arguments);
        }

        @Override
        public void counter(int thread, int id, long time, double value) throws IOException {
            target.counter(thread, ownNames.get(id / 2), time, value);
        }
    }
}
