package io.github.jtracer.formats;

import io.github.jtracer.trace.BeginSink;
import io.github.jtracer.trace.SliceFlags;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Numbers the names that a format has in plain text, and declares them to a sink when needed. */
final class Names {
    private record Name(TracedMethod method, String label, boolean own) {}

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Name> names = new ArrayList<>();
    private final BitSet declared = new BitSet();

    /** The id of a method's label, such as {@code com.acme.Order.add(String)}. */
    int method(String label) {
        Integer known = ids.get(label);
        return known != null ? known : add(label, split(names.size(), label), false);
    }

    int own(String name) {
        Integer known = ids.get("\0" + name);
        if (known != null) {
            return known;
        }
        return add("\0" + name, new TracedMethod(names.size(), "", name, "", "", -1), true);
    }

    /** Adds where a method is in the sources, if anything has used its label. */
    void located(String label, String sourceFile, int line) {
        Integer id = ids.get(label);
        if (id != null) {
            TracedMethod m = names.get(id).method();
            TracedMethod located =
                    new TracedMethod(id, m.className(), m.name(), m.descriptor(), sourceFile, line);
            names.set(id, new Name(located, label, false));
        }
    }

    /** Shows the sink what is in order, and the names when they are first used. */
    EventOrder.Visitor visitor(TraceSink sink) {
        BeginSink begins = sink instanceof BeginSink both ? both : null;
        return new EventOrder.Visitor() {
            @Override
            public boolean wantsBegins() {
                return begins != null;
            }

            @Override
            public void begin(
                    int thread, int id, long time, int flags, Map<String, String> arguments)
                    throws IOException {
                if ((flags & SliceFlags.BEGIN_UNKNOWN) != 0 || begins == null) {
                    return;
                }
                Name name = names.get(id);
                if (name.own()) {
                    begins.beginOwn(thread, name.method().name(), time, arguments);
                } else {
                    declare(sink, id, name);
                    begins.begin(thread, id, time);
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
                Name name = names.get(id);
                if (name.own()) {
                    String text = name.method().name();
                    sink.ownSlice(thread, text, begin, duration, depth, flags, arguments);
                } else {
                    declare(sink, id, name);
                    sink.slice(thread, id, begin, duration, depth, flags, arguments);
                }
            }

            @Override
            public void instant(int thread, int id, long time, Map<String, String> arguments)
                    throws IOException {
                sink.instant(thread, names.get(id).method().name(), time, arguments);
            }

            @Override
            public void counter(int thread, int id, long time, double value) throws IOException {
                sink.counter(thread, names.get(id).method().name(), time, value);
            }
        };
    }

    /** The same for slices that come callees first. */
    CalleesFirst.Visitor calleesFirst(SummingSink sink) {
        CallerNames callers = new CallerNames();
        return (source, thread, id, begin, duration, depth, flags, self, longestInside) -> {
            Name name = names.get(id);
            String own = null;
            if (name.own()) {
                own = name.method().name();
            } else {
                declare(sink, id, name);
            }
            callers.source = source;
            sink.summed(
                    thread, id, own, begin, duration, depth, flags, self, longestInside, callers);
        };
    }

    private final class CallerNames implements IntFunction<List<String>> {
        private @Nullable CalleesFirst source;

        @Override
        public List<String> apply(int limit) {
            return source == null
                    ? List.of()
                    : source.callers(limit).stream().map(id -> names.get(id).label()).toList();
        }
    }

    private void declare(TraceSink sink, int id, Name name) throws IOException {
        if (!declared.get(id)) {
            declared.set(id);
            sink.method(name.method(), name.label());
        }
    }

    private int add(String key, TracedMethod method, boolean own) {
        int id = names.size();
        ids.put(key, id);
        names.add(new Name(method, own ? method.name() : key, own));
        return id;
    }

    /** Class and method of a label, where it looks like those; VizTracer's do not. */
    private static TracedMethod split(int id, String label) {
        int end = label.indexOf('(');
        String name = end < 0 ? label : label.substring(0, end);
        int dot = name.lastIndexOf('.');
        boolean method = dot > 0 && (end < 0 || label.charAt(end - 1) != ' ');
        return method
                ? new TracedMethod(id, name.substring(0, dot), label.substring(dot + 1), "", "", -1)
                : new TracedMethod(id, "", label, "", "", -1);
    }
}
