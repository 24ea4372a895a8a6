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
    private static final int LENGTH_DELIMITED = ProtoMessage.LENGTH_DELIMITED;

    private static final int UNNAMED = -1;

    /** So that a sequence's number is one byte of a small packet. */
    private static final int LAST_SEQUENCE = 126;

    /** One without events: Perfetto takes a sequence for that of the last thread told in it. */
    private static final int TRACKS_SEQUENCE = 127;

    /** So many events in a row that lie before the clock's time get a clock of their own. */
    private static final int RUN_FOR_CLOCK = 32;

    /** Not less: Perfetto copies all that it knows of names for each change. */
    private static final int RUN_FOR_DEFAULT = 256;

    private final PacketStream packets;
    private final Map<String, Long> counters = new HashMap<>();
    private final DeepTracks deep = new DeepTracks();
    private InternedName[] names = new InternedName[1024];
    private int nameCount;
    private int sequence;
    private int clock = LAST_OWN_CLOCK;
    private long lastTime;
    private long lastBehind;
    private int runBehind;
    private long defaultTrack;
    private long lastTrack;
    private int run;
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    /** Writes to the stream and flushes it at the end, but leaves closing it to the caller. */
    public PerfettoTrace(OutputStream out) {
        this.packets = new PacketStream(out);
    }

    @Override
    public void start(TraceInfo traceInfo) throws IOException {
        info = traceInfo;
        nextClock(0);
        for (Map.Entry<Long, String> process : info.processNames().entrySet()) {
            ProtoMessage descriptor =
                    new ProtoMessage()
                            .number(PROCESS_PID, process.getKey())
                            .text(PROCESS_NAME, process.getValue());
            track(
                    new ProtoMessage()
                            .number(TRACK_UUID, PROCESS_UUID + process.getKey())
                            .message(TRACK_PROCESS, descriptor));
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
        track(track);
    }

    @Override
    public void method(TracedMethod method, String label) {
        if (method.id() >= names.length) {
            names = Arrays.copyOf(names, Math.max(method.id() + 1, 2 * names.length));
        }
        names[method.id()] = new InternedName(++nameCount, method, label);
    }

    /** The number of a method's name, which is told once in a sequence. */
    private int name(int method) throws IOException {
        InternedName name = names[method];
        if (name.sequence != sequence) {
            name.sequence = sequence;
            packets.packet(packet().message(PACKET_INTERNED_DATA, name.interned()));
        }
        return name.id;
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
        small(time, TYPE_BEGIN, track(thread, deep.begin(thread)), method);
    }

    @Override
    public void beginOwn(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        write(time, event(TYPE_BEGIN, track(thread, deep.begin(thread)), name, "own"));
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
            long earlier = depth < 0 ? depth : -deep.lostBefore(thread, begin);
            long track = track(thread, depth < 0 ? DeepTracks.outer(depth) : DeepTracks.LOST);
            small(begin + earlier, TYPE_BEGIN, track, method);
            end(track, begin + duration, flags, arguments);
            return;
        }
        end(track(thread, deep.end(thread)), begin + duration, flags, arguments);
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
        end(track(thread, deep.end(thread)), begin + duration, flags, arguments);
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
            track(track);
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

    private void end(long track, long time, int flags, Map<String, String> arguments)
            throws IOException {
        if ((flags & SliceFlags.REMARKABLE) == 0 && arguments.isEmpty()) {
            small(time, TYPE_END, track, UNNAMED);
            return;
        }
        ProtoMessage event =
                new ProtoMessage().number(EVENT_TYPE, TYPE_END).number(EVENT_TRACK, track);
        write(time, annotate(event, flags, arguments));
    }

    /** The packet of nearly all events, straight into the batch. */
    private void small(long time, int type, long track, int method) throws IOException {
        boolean behind = time < lastTime && isBehind(time);
        int name = method == UNNAMED ? 0 : name(method);
        if (behind) {
            ProtoMessage event = new ProtoMessage().number(EVENT_TYPE, type);
            writeBehind(time, named(event.number(EVENT_TRACK, track), name));
            return;
        }
        boolean explicit = track != defaultTrack && !becomesDefault(track);
        long delta = time - lastTime;
        lastTime = time;
        runBehind = 0;
        byte[] bytes = packets.batch;
        int start = packets.next();
        int at = start;
        bytes[at] = TRACE_PACKET << 3 | LENGTH_DELIMITED;
        bytes[at + 2] = PACKET_SEQUENCE << 3;
        bytes[at + 3] = (byte) sequence;
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
            at = varint(bytes, at, track);
        }
        bytes[start + 5] = (byte) (at - start - 6);
        bytes[at++] = PACKET_TIMESTAMP << 3;
        at = varint(bytes, at, delta);
        bytes[start + 1] = (byte) (at - start - 2);
        packets.event(at);
    }

    private static ProtoMessage named(ProtoMessage event, int name) {
        return name > 0 ? event.number(EVENT_NAME_IID, name) : event;
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

    /** Whether the track goes without saying from now on: most events come in long runs. */
    private boolean becomesDefault(long track) throws IOException {
        run = track == lastTrack ? run + 1 : 0;
        lastTrack = track;
        if (run < RUN_FOR_DEFAULT) {
            return false;
        }
        defaultTrack = track;
        packets.packet(packet().message(PACKET_DEFAULTS, defaults()));
        return true;
    }

    private ProtoMessage defaults() {
        ProtoMessage defaults = new ProtoMessage().number(DEFAULTS_TIMESTAMP_CLOCK, clock);
        if (defaultTrack != 0) {
            ProtoMessage event = new ProtoMessage().number(EVENT_TRACK, defaultTrack);
            defaults.message(DEFAULTS_TRACK_EVENT, event);
        }
        return defaults;
    }

    private void write(long time, ProtoMessage event) throws IOException {
        if (time < lastTime && isBehind(time)) {
            writeBehind(time, event);
            return;
        }
        long delta = time - lastTime;
        lastTime = time;
        packets.packet(packet().number(PACKET_TIMESTAMP, delta).message(PACKET_TRACK_EVENT, event));
    }

    /** With the time as it is, for the own clock cannot go back. */
    private void writeBehind(long time, ProtoMessage event) throws IOException {
        packets.packet(
                packet().number(PACKET_TIMESTAMP, info.startEpochNanos() + time)
                        .number(PACKET_TIMESTAMP_CLOCK, CLOCK_BOOTTIME)
                        .message(PACKET_TRACK_EVENT, event));
    }

    /** Whether the clock stays where it is, though the event lies before it. */
    private boolean isBehind(long time) throws IOException {
        runBehind = time >= lastBehind ? runBehind + 1 : 0;
        lastBehind = time;
        if (runBehind < RUN_FOR_CLOCK) {
            return true;
        }
        return !nextClock(time);
    }

    /**
     * Begins to count time with a new clock; returns whether there was one. Perfetto drops the
     * events of a clock that goes back: what it is set to may only grow. Of the clocks that belong
     * to a sequence there are 64.
     */
    private boolean nextClock(long time) throws IOException {
        runBehind = 0;
        if (clock == LAST_OWN_CLOCK && sequence == LAST_SEQUENCE) {
            return false;
        }
        boolean newSequence = clock == LAST_OWN_CLOCK;
        clock = newSequence ? FIRST_OWN_CLOCK : clock + 1;
        ProtoMessage packet;
        if (newSequence) {
            sequence++;
            packet = packet().number(PACKET_SEQUENCE_FLAGS, SEQUENCE_CLEARED);
        } else {
            packet = packet();
        }
        packets.packet(packet.message(PACKET_DEFAULTS, defaults()));
        long absolute = info.startEpochNanos() + time;
        ProtoMessage snapshot =
                new ProtoMessage()
                        .message(CLOCKS, clock(clock, absolute).number(CLOCK_IS_INCREMENTAL, 1))
                        .message(CLOCKS, clock(CLOCK_BOOTTIME, absolute))
                        .message(CLOCKS, clock(CLOCK_REALTIME, absolute));
        packets.packet(packet().message(PACKET_CLOCK_SNAPSHOT, snapshot));
        lastTime = time;
        return true;
    }

    private static ProtoMessage clock(int id, long time) throws IOException {
        return new ProtoMessage().number(CLOCK_ID, id).number(CLOCK_TIMESTAMP, time);
    }

    private void track(ProtoMessage descriptor) throws IOException {
        packets.packet(
                new ProtoMessage()
                        .number(PACKET_SEQUENCE, TRACKS_SEQUENCE)
                        .message(PACKET_TRACK_DESCRIPTOR, descriptor));
    }

    private ProtoMessage packet() throws IOException {
        return new ProtoMessage().number(PACKET_SEQUENCE, sequence);
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

    /** The thread's track, or one beside it for calls that are nested too deep for one track. */
    private long track(int thread, int level) throws IOException {
        if (level == 0) {
            return uuid(thread);
        }
        long uuid = DeepTracks.uuid(uuid(thread), level);
        if (deep.isNew(uuid)) {
            track(
                    new ProtoMessage()
                            .number(TRACK_UUID, uuid)
                            .number(TRACK_PARENT, uuid(thread))
                            .text(TRACK_NAME, DeepTracks.name(level))
                            .number(TRACK_JTRACER_CONTINUES, uuid(thread)));
        }
        return uuid;
    }

    private static long uuid(int thread) {
        return thread + 1L;
    }
}
