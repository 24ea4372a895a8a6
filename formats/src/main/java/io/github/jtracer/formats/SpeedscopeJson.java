package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import io.github.jtracer.trace.TraceSink;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes speedscope's own format: an evented profile a thread, in nanoseconds. A thread's events
 * stand together and in order, and the names of all before them, so they are put away until the
 * end.
 */
public final class SpeedscopeJson implements TraceSink {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private final OutputStream out;
    private final EventOrder order = new EventOrder();
    private final List<Profile> profiles = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final List<TracedMethod> methods = new ArrayList<>();
    private final Map<String, Integer> ownFrames = new HashMap<>();
    private int[] frameOf = new int[1024];
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    private static final class Profile {
        String name = "";
        long begin = Long.MAX_VALUE;
        long end;
    }

    public SpeedscopeJson(OutputStream out) {
        this.out = out;
    }

    @Override
    public void start(TraceInfo traceInfo) {
        info = traceInfo;
    }

    @Override
    public void thread(ThreadTrack thread) {
        while (profiles.size() <= thread.index()) {
            profiles.add(new Profile());
        }
        profiles.get(thread.index()).name = thread.name() + " #" + thread.tid();
    }

    @Override
    public void method(TracedMethod method, String label) {
        if (method.id() >= frameOf.length) {
            frameOf = Arrays.copyOf(frameOf, Math.max(method.id() + 1, 2 * frameOf.length));
        }
        frameOf[method.id()] = frames.size();
        frames.add(label);
        methods.add(method);
    }

    @Override
    public void stack(int thread, List<StackTraceElement> stack) {}

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
        add(thread, frameOf[method], begin, duration);
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
        add(thread, ownFrame(name), begin, duration);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments) {}

    @Override
    public void counter(int thread, String name, long time, double value) {}

    @Override
    public void end(Totals totals) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("name", info.processName());
        json.writeStringField("exporter", "jtracer");
        json.writeObjectFieldStart("shared");
        json.writeArrayFieldStart("frames");
        for (int i = 0; i < frames.size(); i++) {
            json.writeStartObject();
            json.writeStringField("name", frames.get(i));
            if (!methods.get(i).sourceFile().isEmpty()) {
                json.writeStringField("file", methods.get(i).sourceFile());
            }
            if (methods.get(i).line() > 0) {
                json.writeNumberField("line", methods.get(i).line());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("profiles");
        try (order) {
            Events events = new Events(json);
            order.show(0, events);
            events.endProfile();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.flush();
    }

    /** Writes a profile whenever the thread changes. */
    private final class Events implements EventOrder.Visitor {
        private final JsonGenerator json;
        private int current = -1;

        Events(JsonGenerator json) {
            this.json = json;
        }

        @Override
        public boolean wantsBegins() {
            return true;
        }

        @Override
        public void begin(
                int thread, int frame, long time, int flags, Map<String, String> arguments)
                throws IOException {
            if (thread != current) {
                endProfile();
                current = thread;
                startProfile(profiles.get(thread));
            }
            event(json, "O", time, frame);
        }

        @Override
        public void end(
                int thread,
                int frame,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException {
            event(json, "C", begin + duration, frame);
        }

        @Override
        public void instant(int thread, int name, long time, Map<String, String> arguments) {}

        @Override
        public void counter(int thread, int name, long time, double value) {}

        private void startProfile(Profile profile) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "evented");
            json.writeStringField("name", profile.name);
            json.writeStringField("unit", "nanoseconds");
            json.writeNumberField("startValue", profile.begin);
            json.writeNumberField("endValue", profile.end);
            json.writeArrayFieldStart("events");
        }

        void endProfile() throws IOException {
            if (current >= 0) {
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static void event(JsonGenerator json, String type, long at, int frame)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeNumberField("at", at);
        json.writeNumberField("frame", frame);
        json.writeEndObject();
    }

    private void add(int thread, int frame, long begin, long duration) throws IOException {
        Profile profile = profiles.get(thread);
        profile.begin = Math.min(profile.begin, begin);
        profile.end = Math.max(profile.end, begin + duration);
        order.slice(thread, frame, begin, begin + duration, EventOrder.UNKNOWN_DEPTH, 0, Map.of());
    }

    private int ownFrame(String name) {
        return ownFrames.computeIfAbsent(
                name,
                n -> {
                    frames.add(n);
                    methods.add(new TracedMethod(0, "", n, "", "", -1));
                    return frames.size() - 1;
                });
    }
}
