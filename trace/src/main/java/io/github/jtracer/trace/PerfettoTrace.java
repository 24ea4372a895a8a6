package io.github.jtracer.trace;

import static io.github.jtracer.trace.PerfettoFormat.*;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes Perfetto's own format: track events with interned names on a track a thread. It needs to
 * see begins, in order ({@link BeginSink}); memory follows methods and threads.
 */
public final class PerfettoTrace implements BeginSink {
    private static final int SEQUENCE = 1;
    private static final int LENGTH_DELIMITED = ProtoMessage.LENGTH_DELIMITED;

    /** Not less: Perfetto copies all that it knows of names for each change. */
    private static final int RUN_FOR_DEFAULT = 256;

    private final PacketStream packets;
    private final Map<String, Long> counters = new HashMap<>();
    private int[] methodNames = new int[1024];
    private int names;
    private long lastTime;
    private int defaultThread = -1;
    private int lastThread = -1;
    private int run;
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    /** Writes to the stream and flushes it at the end, but leaves closing it to the caller. */
    public PerfettoTrace(OutputStream out) {
        this.packets = new PacketStream(out);
    }

    @Override
    public void start(TraceInfo traceInfo) throws IOException {
        info = traceInfo;
        ProtoMessage defaults = new ProtoMessage().number(DEFAULTS_TIMESTAMP_CLOCK, CLOCK_OWN);
        packets.packet(
                packet().number(PACKET_SEQUENCE_FLAGS, SEQUENCE_CLEARED)
                        .message(PACKET_DEFAULTS, defaults));
        setClock(0);
        for (Map.Entry<Long, String> process : info.processNames().entrySet()) {
            ProtoMessage descriptor =
                    new ProtoMessage()
                            .number(PROCESS_PID, process.getKey())
                            .text(PROCESS_NAME, process.getValue());
            packets.packet(
                    packet().message(
                                    PACKET_TRACK_DESCRIPTOR,
                                    new ProtoMessage()
                                            .number(TRACK_UUID, PROCESS_UUID + process.getKey())
                                            .message(TRACK_PROCESS, descriptor)));
        }
    }

    @Override
    public void thread(ThreadTrack thread) throws IOException {
        ProtoMessage track =
                new ProtoMessage()
                        .number(TRACK_UUID, uuid(thread.index()))
                        .number(TRACK_PARENT, PROCESS_UUID + thread.pid());
        if (thread.kind() != ThreadTrack.Kind.PLATFORM) {
            track.text(TRACK_NAME, thread.name());
            track.number(TRACK_JTRACER_PID, thread.pid()).number(TRACK_JTRACER_TID, thread.tid());
            if (thread.lane()) {
                track.number(TRACK_JTRACER_LANE, 1);
            }
        } else {
            track.message(
                    TRACK_THREAD,
                    new ProtoMessage()
                            .number(THREAD_PID, thread.pid())
                            .number(THREAD_TID, thread.tid())
                            .text(THREAD_NAME, thread.name()));
        }
        if (thread.ended()) {
            track.number(TRACK_JTRACER_ENDED, 1);
        }
        packets.packet(packet().message(PACKET_TRACK_DESCRIPTOR, track));
    }

    @Override
    public void method(TracedMethod method, String label) throws IOException {
        if (method.id() >= methodNames.length) {
            methodNames =
                    Arrays.copyOf(methodNames, Math.max(method.id() + 1, 2 * methodNames.length));
        }
        methodNames[method.id()] = ++names;
        ProtoMessage interned =
                new ProtoMessage()
                        .message(
                                INTERNED_NAMES,
                                new ProtoMessage()
                                        .number(INTERNED_IID, names)
                                        .text(INTERNED_TEXT, label));
        if (!method.sourceFile().isEmpty()) {
            interned.message(
                    INTERNED_SOURCE_LOCATIONS,
                    new ProtoMessage()
                            .number(INTERNED_IID, names)
                            .text(INTERNED_TEXT, method.sourceFile())
                            .text(SOURCE_FUNCTION, label)
                            .number(SOURCE_LINE, Math.max(0, method.line())));
        }
        packets.packet(packet().message(PACKET_INTERNED_DATA, interned));
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) throws IOException {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : frames) {
            String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
            text.append(text.length() == 0 ? "" : "\n");
            text.append(frame.getClassName()).append('.').append(frame.getMethodName());
            text.append(line);
        }
        Map<String, String> arguments = Map.of("stack", text.toString());
        ProtoMessage event = event(TYPE_INSTANT, uuid(thread), "inside at the start", "jtracer");
        write(0, annotate(event, 0, arguments));
    }

    @Override
    public void begin(int thread, int method, long time) throws IOException {
        small(time, TYPE_BEGIN, thread, methodNames[method]);
    }

    @Override
    public void beginOwn(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        write(time, event(TYPE_BEGIN, uuid(thread), name, "own"));
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
        if ((flags & SliceFlags.BEGIN_UNKNOWN) != 0) {
            // Of several such calls the outer must begin first; by how much, nobody knows.
            small(begin + Math.min(0, depth), TYPE_BEGIN, thread, methodNames[method]);
        }
        end(thread, begin + duration, flags, arguments);
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
        end(thread, begin + duration, flags, arguments);
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        write(time, annotate(event(TYPE_INSTANT, uuid(thread), name, "own"), 0, arguments));
    }

    @Override
    public void counter(int thread, String name, long time, double value) throws IOException {
        Long known = counters.get(name);
        if (known == null) {
            known = COUNTER_UUID + counters.size();
            counters.put(name, known);
            ProtoMessage track =
                    new ProtoMessage()
                            .number(TRACK_UUID, known)
                            .text(TRACK_NAME, name)
                            .number(TRACK_PARENT, uuid(thread))
                            .message(TRACK_COUNTER, new ProtoMessage());
            packets.packet(packet().message(PACKET_TRACK_DESCRIPTOR, track));
        }
        write(
                time,
                new ProtoMessage()
                        .number(EVENT_TYPE, TYPE_COUNTER)
                        .number(EVENT_TRACK, known)
                        .real(EVENT_REAL_COUNTER, value));
    }

    @Override
    public void end(Totals totals) throws IOException {
        if (totals.lostCallsBefore() > 0) {
            lost(totals.lostCallsBefore() + " calls lost before here", totals.completeFromNanos());
        }
        if (totals.lostCallsAfter() > 0) {
            lost(totals.lostCallsAfter() + " calls lost after here", totals.completeUntilNanos());
        }
        packets.packet(packet().text(PACKET_JTRACER, ChromeMetadata.json(info, totals)));
        packets.finish();
    }

    private void lost(String text, long time) throws IOException {
        write(time, event(TYPE_INSTANT, PROCESS_UUID + info.pid(), text, "jtracer"));
    }

    private void end(int thread, long time, int flags, Map<String, String> arguments)
            throws IOException {
        if ((flags & SliceFlags.REMARKABLE) == 0 && arguments.isEmpty()) {
            small(time, TYPE_END, thread, 0);
            return;
        }
        ProtoMessage event =
                new ProtoMessage().number(EVENT_TYPE, TYPE_END).number(EVENT_TRACK, uuid(thread));
        write(time, annotate(event, flags, arguments));
    }

    /** The packet of nearly all events, straight into the batch. */
    private void small(long time, int type, int thread, int name) throws IOException {
        boolean explicit = thread != defaultThread && !becomesDefault(thread);
        long delta = advance(time);
        byte[] bytes = packets.batch;
        int start = packets.next();
        int at = start;
        bytes[at] = TRACE_PACKET << 3 | LENGTH_DELIMITED;
        bytes[at + 2] = PACKET_SEQUENCE << 3;
        bytes[at + 3] = SEQUENCE;
        bytes[at + 4] = PACKET_TRACK_EVENT << 3 | LENGTH_DELIMITED;
        bytes[at + 6] = EVENT_TYPE << 3;
        bytes[at + 7] = (byte) type;
        at += 8;
        if (name > 0) {
            bytes[at++] = EVENT_NAME_IID << 3;
            at = varint(bytes, at, name);
        }
        if (explicit) {
            bytes[at++] = EVENT_TRACK << 3;
            at = varint(bytes, at, uuid(thread));
        }
        bytes[start + 5] = (byte) (at - start - 6);
        bytes[at++] = PACKET_TIMESTAMP << 3;
        at = varint(bytes, at, delta);
        bytes[start + 1] = (byte) (at - start - 2);
        packets.event(at);
    }

    private static int varint(byte[] bytes, int start, long value) {
        int at = start;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    /**
     * Whether the thread's track goes without saying from now on: most threads' events come in long
     * runs.
     */
    private boolean becomesDefault(int thread) throws IOException {
        run = thread == lastThread ? run + 1 : 0;
        lastThread = thread;
        if (run < RUN_FOR_DEFAULT) {
            return false;
        }
        defaultThread = thread;
        ProtoMessage event = new ProtoMessage().number(EVENT_TRACK, uuid(thread));
        ProtoMessage defaults =
                new ProtoMessage()
                        .number(DEFAULTS_TIMESTAMP_CLOCK, CLOCK_OWN)
                        .message(DEFAULTS_TRACK_EVENT, event);
        packets.packet(packet().message(PACKET_DEFAULTS, defaults));
        return true;
    }

    private void write(long time, ProtoMessage event) throws IOException {
        long delta = advance(time);
        packets.packet(packet().number(PACKET_TIMESTAMP, delta).message(PACKET_TRACK_EVENT, event));
    }

    /** Time since the previous packet's; where it went back, the clock is set anew. */
    private long advance(long time) throws IOException {
        if (time < lastTime) {
            setClock(time);
        }
        long delta = time - lastTime;
        lastTime = time;
        return delta;
    }

    private void setClock(long time) throws IOException {
        long absolute = info.startEpochNanos() + time;
        ProtoMessage snapshot =
                new ProtoMessage()
                        .message(CLOCKS, clock(CLOCK_OWN, absolute).number(CLOCK_IS_INCREMENTAL, 1))
                        .message(CLOCKS, clock(CLOCK_BOOTTIME, absolute))
                        .message(CLOCKS, clock(CLOCK_REALTIME, absolute));
        packets.packet(packet().message(PACKET_CLOCK_SNAPSHOT, snapshot));
        lastTime = time;
    }

    private static ProtoMessage clock(int id, long time) throws IOException {
        return new ProtoMessage().number(CLOCK_ID, id).number(CLOCK_TIMESTAMP, time);
    }

    private static ProtoMessage packet() throws IOException {
        return new ProtoMessage().number(PACKET_SEQUENCE, SEQUENCE);
    }

    private static ProtoMessage event(int type, long track, String name, String category)
            throws IOException {
        return new ProtoMessage()
                .number(EVENT_TYPE, type)
                .number(EVENT_TRACK, track)
                .text(EVENT_NAME, name)
                .text(EVENT_CATEGORY, category);
    }

    private static ProtoMessage annotate(
            ProtoMessage event, int flags, Map<String, String> arguments) throws IOException {
        flag(event, flags, SliceFlags.OPEN, "open", "true");
        flag(event, flags, SliceFlags.BEGIN_UNKNOWN, "begin", "unknown");
        flag(event, flags, SliceFlags.EXCEPTION, "exception", "true");
        flag(event, flags, SliceFlags.CUT, "cut", "true");
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            annotate(event, argument.getKey(), argument.getValue());
        }
        return event;
    }

    private static void flag(ProtoMessage event, int flags, int flag, String key, String value)
            throws IOException {
        if ((flags & flag) != 0) {
            annotate(event, key, value);
        }
    }

    private static void annotate(ProtoMessage event, String key, String value) throws IOException {
        event.message(
                EVENT_ANNOTATION,
                new ProtoMessage().text(ANNOTATION_NAME, key).text(ANNOTATION_TEXT, value));
    }

    private static long uuid(int thread) {
        return thread + 1L;
    }
}
