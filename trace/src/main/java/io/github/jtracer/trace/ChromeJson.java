package io.github.jtracer.trace;

import static io.github.jtracer.trace.JsonBytes.quoted;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a trace as Chrome's trace-event JSON, which Perfetto, speedscope and chrome://tracing
 * open.
 *
 * <p>Calls are complete events ({@code X}) in microseconds with three decimals, so that nothing of
 * the nanoseconds is lost and children never end after their parents. What the format has no place
 * for is in the object {@code jtracer_metadata}. Memory grows with methods and threads, not with
 * events.
 */
public final class ChromeJson implements TraceSink {
    private static final byte[] DURATION = ascii(",\"dur\":");
    private static final byte[] END = ascii("}");

    /** By the bits of {@link SliceFlags}. */
    private static final String[] FLAGS = {
        "\"open\":true", "\"begin\":\"unknown\"", "\"exception\":true", "\"cut\":true"
    };

    private final JsonBytes json;
    private final List<ThreadTrack> threads = new ArrayList<>();
    private final List<TracedMethod> methods = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    /** By thread: what follows a name, up to the time. */
    private byte[][] threadParts = new byte[16][];

    /** By method id: everything up to the thread. */
    private byte[][] methodParts = new byte[1024][];

    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    /** Writes to the stream and flushes it at the end, but leaves closing it to the caller. */
    public ChromeJson(OutputStream out) {
        this.json = new JsonBytes(out);
    }

    @Override
    public void start(TraceInfo traceInfo) throws IOException {
        info = traceInfo;
        json.ascii("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        String comma = "";
        for (Map.Entry<Long, String> process : info.processNames().entrySet()) {
            json.ascii(comma).ascii("{\"ph\":\"M\",\"pid\":").number(process.getKey());
            json.ascii(",\"tid\":0,\"name\":\"process_name\",\"args\":{\"name\":");
            json.string(process.getValue()).ascii("}}");
            comma = ",\n";
        }
    }

    @Override
    public void thread(ThreadTrack thread) {
        int index = thread.index();
        if (index < threads.size()) {
            threads.set(index, thread);
            return;
        }
        threads.add(thread);
        if (index >= threadParts.length) {
            threadParts = Arrays.copyOf(threadParts, 2 * threadParts.length);
        }
        threadParts[index] =
                ascii("\"pid\":" + thread.pid() + ",\"tid\":" + thread.tid() + ",\"ts\":");
    }

    @Override
    public void method(TracedMethod method, String label) {
        int id = method.id();
        if (id >= methodParts.length) {
            methodParts = Arrays.copyOf(methodParts, Math.max(id + 1, 2 * methodParts.length));
        }
        methodParts[id] = eventStart('X', "method", label);
        methods.add(method);
        labels.add(label);
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) throws IOException {
        event('i', "jtracer", "inside at the start", thread, 0);
        json.ascii(",\"s\":\"t\",\"args\":{\"stack\":[");
        for (int i = 0; i < frames.size(); i++) {
            StackTraceElement frame = frames.get(i);
            String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
            json.ascii(i == 0 ? "" : ",");
            json.string(frame.getClassName() + '.' + frame.getMethodName() + line);
        }
        json.ascii("]}").raw(END);
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
        json.raw(methodParts[method]).raw(threadParts[thread]).micros(begin);
        json.raw(DURATION).micros(duration);
        if ((flags & SliceFlags.REMARKABLE) != 0 || !arguments.isEmpty()) {
            json.ascii(",");
            arguments(flags, arguments);
        }
        json.raw(END);
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
        event('X', "own", name, thread, begin);
        json.raw(DURATION).micros(duration).ascii(",");
        arguments(flags, arguments);
        json.raw(END);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        event('i', "own", name, thread, time);
        json.ascii(",\"s\":\"t\",");
        arguments(0, arguments);
        json.raw(END);
    }

    @Override
    public void counter(int thread, String name, long time, double value) throws IOException {
        event('C', "own", name, thread, time);
        json.ascii(",\"args\":{\"value\":").number(value).ascii("}").raw(END);
    }

    @Override
    public void end(Totals totals) throws IOException {
        for (ThreadTrack thread : threads) {
            json.ascii(",\n{\"ph\":\"M\",\"pid\":").number(thread.pid());
            json.ascii(",\"tid\":").number(thread.tid());
            json.ascii(",\"name\":\"thread_name\",\"args\":{\"name\":").string(thread.name());
            json.ascii(thread.virtual() ? ",\"virtual\":true" : "");
            json.ascii(thread.lane() ? ",\"lane\":true" : "");
            json.ascii(thread.ended() ? ",\"ended\":true" : "").ascii("}}");
        }
        if (totals.lostCallsBefore() > 0) {
            lost(totals.lostCallsBefore() + " calls lost before here", totals.completeFromNanos());
        }
        if (totals.lostCallsAfter() > 0) {
            lost(totals.lostCallsAfter() + " calls lost after here", totals.completeUntilNanos());
        }
        json.ascii("\n],\n");
        ChromeMetadata.write(json, info, totals, methods, labels);
        json.ascii("}\n").flush();
    }

    private void lost(String text, long nanos) throws IOException {
        json.raw(eventStart('i', "jtracer", text));
        json.ascii("\"pid\":").number(info.pid()).ascii(",\"tid\":0,\"ts\":").micros(nanos);
        json.ascii(",\"s\":\"p\"").raw(END);
    }

    private void event(char phase, String category, String name, int thread, long nanos)
            throws IOException {
        json.raw(eventStart(phase, category, name)).raw(threadParts[thread]).micros(nanos);
    }

    private void arguments(int flags, Map<String, String> arguments) throws IOException {
        json.ascii("\"args\":{");
        String comma = "";
        for (int i = 0; i < FLAGS.length; i++) {
            if ((flags & 1 << i) != 0) {
                json.ascii(comma).ascii(FLAGS[i]);
                comma = ",";
            }
        }
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            json.ascii(comma).string(argument.getKey()).ascii(":").string(argument.getValue());
            comma = ",";
        }
        json.ascii("}");
    }

    private static byte[] eventStart(char phase, String category, String name) {
        byte[] head = ascii(",\n{\"ph\":\"" + phase + "\",\"cat\":\"" + category + "\",\"name\":");
        byte[] quoted = quoted(name);
        byte[] all = Arrays.copyOf(head, head.length + quoted.length + 1);
        System.arraycopy(quoted, 0, all, head.length, quoted.length);
        all[all.length - 1] = ',';
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
