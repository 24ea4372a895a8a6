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
 * stand together and in order, so all are held in memory until the end, at some 20 bytes a call.
 */
public final class SpeedscopeJson implements TraceSink {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private final OutputStream out;
    private final List<Profile> profiles = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final List<TracedMethod> methods = new ArrayList<>();
    private final Map<String, Integer> ownFrames = new HashMap<>();
    private int[] frameOf = new int[1024];
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    private static final class Profile {
        String name = "";
        ThreadSlices slices = new ThreadSlices();
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
            Map<String, String> arguments) {
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
            Map<String, String> arguments) {
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
        for (Profile profile : profiles) {
            if (!profile.slices.isEmpty()) {
                write(profile, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.flush();
    }

    private void write(Profile profile, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "evented");
        json.writeStringField("name", profile.name);
        json.writeStringField("unit", "nanoseconds");
        json.writeNumberField("startValue", profile.slices.begin());
        json.writeNumberField("endValue", profile.slices.end());
        json.writeArrayFieldStart("events");
        profile.slices.show(0, new Events(json));
        profile.slices = new ThreadSlices();
        json.writeEndArray();
        json.writeEndObject();
    }

    private record Events(JsonGenerator json) implements ThreadSlices.Visitor {
        @Override
        public void begin(int frame, long time, int flags, Map<String, String> arguments)
                throws IOException {
            event(json, "O", time, frame);
        }

        @Override
        public void end(
                int frame,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments)
                throws IOException {
            event(json, "C", begin + duration, frame);
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

    private void add(int thread, int frame, long begin, long duration) {
        profiles.get(thread).slices.add(begin, begin + duration, frame, 0, Map.of());
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
