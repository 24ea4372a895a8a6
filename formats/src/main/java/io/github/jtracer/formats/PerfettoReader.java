package io.github.jtracer.formats;

import static io.github.jtracer.trace.PerfettoFormat.*;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.ThreadTrack;
import io.github.jtracer.trace.TraceSink;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the track events of a Perfetto trace; what else such a file may hold is skipped. */
final class PerfettoReader {
    private static final int MAX_PACKET_BYTES = 1 << 28;

    private final Path file;
    private final GatheredTrace gathered;
    private final Map<Long, Sequence> sequences = new HashMap<>();
    private final Map<Long, Track> tracks = new HashMap<>();
    private final Event event = new Event();
    private Sequence recentSequence = new Sequence(-1);
    private @Nullable Track recentTrack;

    /** What later packets of a sequence lean on. */
    private static final class Sequence {
        final long id;
        final Map<Long, String> names = new HashMap<>();
        final Map<Long, String> categories = new HashMap<>();
        final Map<Long, Clock> incrementalClocks = new HashMap<>();
        long defaultClock = CLOCK_BOOTTIME;
        long defaultTrack;
        Clock recentClock = new Clock(-1);

        Sequence(long id) {
            this.id = id;
        }

        /** Null if timestamps of that clock are what they say. */
        @Nullable Clock incremental(long clockId) {
            if (recentClock.id == clockId) {
                return recentClock;
            }
            Clock clock = incrementalClocks.get(clockId);
            if (clock != null) {
                recentClock = clock;
            }
            return clock;
        }
    }

    /** One whose timestamps count from the previous one. */
    private static final class Clock {
        final long id;
        long time;

        Clock(long id) {
            this.id = id;
        }
    }

    /** What the event of the packet that is being read says; names come with the packet's end. */
    private static final class Event {
        boolean present;
        int type;
        boolean hasTrack;
        long track;
        long nameId;
        long categoryId;
        String name = "";
        String category = "";
        double value;
        Map<String, String> arguments = Map.of();

        void clear() {
            present = false;
            type = 0;
            hasTrack = false;
            nameId = 0;
            categoryId = 0;
            name = "";
            category = "";
            value = 0;
            arguments = Map.of();
        }
    }

    private record Track(long uuid, long pid, long tid, String name) {}

    PerfettoReader(Path file, TraceSink sink) {
        this.file = file;
        this.gathered = new GatheredTrace(sink);
        gathered.beginsAreSpread();
    }

    void read() throws IOException {
        try (gathered) {
            readAll();
            gathered.show();
        }
    }

    private void readAll() throws IOException {
        try (InputStream in = Trace.content(file)) {
            CodedInputStream packets = CodedInputStream.newInstance(in, 1 << 16);
            packets.setSizeLimit(Integer.MAX_VALUE);
            for (int tag = packets.readTag(); tag != 0; tag = packets.readTag()) {
                if (tag >>> 3 != TRACE_PACKET) {
                    packets.skipField(tag);
                    continue;
                }
                int size = packets.readRawVarint32();
                if (size < 0 || size > MAX_PACKET_BYTES) {
                    throw damaged();
                }
                readPacket(CodedInputStream.newInstance(packets.readRawBytes(size)));
                packets.resetSizeCounter();
            }
        } catch (InvalidProtocolBufferException
                | DataFormatException
                | EOFException
                | ZipException e) {
            throw damaged();
        }
    }

    private RecordingException damaged() {
        return new RecordingException(
                file + " is not a complete Perfetto trace", "Write it again; it may be cut off");
    }

    /** Reads a packet to the limit of the input. */
    private void readPacket(CodedInputStream in) throws IOException, DataFormatException {
        long timestamp = 0;
        long clock = -1;
        long sequenceId = 0;
        byte[] interned = null;
        byte[] snapshot = null;
        byte[] defaults = null;
        byte[] track = null;
        byte[] compressed = null;
        event.clear();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case PACKET_TIMESTAMP -> timestamp = in.readUInt64();
                case PACKET_TIMESTAMP_CLOCK -> clock = in.readUInt64();
                case PACKET_SEQUENCE -> sequenceId = in.readUInt64();
                case PACKET_TRACK_EVENT -> {
                    int outer = in.pushLimit(in.readRawVarint32());
                    readEvent(in);
                    in.popLimit(outer);
                }
                case PACKET_INTERNED_DATA -> interned = in.readByteArray();
                case PACKET_CLOCK_SNAPSHOT -> snapshot = in.readByteArray();
                case PACKET_DEFAULTS -> defaults = in.readByteArray();
                case PACKET_TRACK_DESCRIPTOR -> track = in.readByteArray();
                case PACKET_COMPRESSED -> compressed = in.readByteArray();
                case PACKET_JTRACER -> readMetadata(in.readString());
                default -> in.skipField(tag);
            }
        }
        Sequence sequence = sequence(sequenceId);
        if (defaults != null) {
            readDefaults(sequence, defaults);
        }
        if (snapshot != null) {
            readSnapshot(sequence, snapshot);
        }
        if (interned != null) {
            readInterned(sequence, interned);
        }
        if (track != null) {
            readTrack(track);
        }
        if (event.present) {
            Clock incremental = sequence.incremental(clock < 0 ? sequence.defaultClock : clock);
            if (incremental != null) {
                timestamp += incremental.time;
                incremental.time = timestamp;
            }
            show(sequence, timestamp);
        }
        if (compressed != null) {
            readCompressed(compressed);
        }
    }

    private Sequence sequence(long id) {
        if (recentSequence.id != id) {
            recentSequence = sequences.computeIfAbsent(id, Sequence::new);
        }
        return recentSequence;
    }

    private void readCompressed(byte[] bytes) throws IOException, DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(bytes);
        byte[] plain = new byte[1 << 18];
        int size = 0;
        try {
            while (!inflater.finished()) {
                if (size == plain.length) {
                    if (size >= MAX_PACKET_BYTES) {
                        throw damaged();
                    }
                    plain = Arrays.copyOf(plain, 2 * size);
                }
                int count = inflater.inflate(plain, size, plain.length - size);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw damaged();
                }
                size += count;
            }
        } finally {
            inflater.end();
        }
        CodedInputStream packets = CodedInputStream.newInstance(plain, 0, size);
        for (int tag = packets.readTag(); tag != 0; tag = packets.readTag()) {
            if (tag >>> 3 == TRACE_PACKET) {
                int outer = packets.pushLimit(packets.readRawVarint32());
                readPacket(packets);
                packets.popLimit(outer);
            } else {
                packets.skipField(tag);
            }
        }
    }

    private void readMetadata(String text) throws IOException {
        try (JsonParser json = Json.FACTORY.createParser(text)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("jtracer_metadata")) {
                    json.nextToken();
                    gathered.jtracer(json);
                    gathered.timesAreAbsolute();
                }
            }
        }
    }

    private static void readDefaults(Sequence sequence, byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case DEFAULTS_TIMESTAMP_CLOCK -> sequence.defaultClock = in.readUInt64();
                case DEFAULTS_TRACK_EVENT -> {
                    CodedInputStream event = CodedInputStream.newInstance(in.readByteArray());
                    for (int field = event.readTag(); field != 0; field = event.readTag()) {
                        if (field >>> 3 == EVENT_TRACK) {
                            sequence.defaultTrack = event.readUInt64();
                        } else {
                            event.skipField(field);
                        }
                    }
                }
                default -> in.skipField(tag);
            }
        }
    }

    private static void readSnapshot(Sequence sequence, byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 != CLOCKS) {
                in.skipField(tag);
                continue;
            }
            long id = 0;
            long time = 0;
            boolean incremental = false;
            CodedInputStream clock = CodedInputStream.newInstance(in.readByteArray());
            for (int field = clock.readTag(); field != 0; field = clock.readTag()) {
                switch (field >>> 3) {
                    case CLOCK_ID -> id = clock.readUInt64();
                    case CLOCK_TIMESTAMP -> time = clock.readUInt64();
                    case CLOCK_IS_INCREMENTAL -> incremental = clock.readBool();
                    default -> clock.skipField(field);
                }
            }
            if (incremental) {
                sequence.incrementalClocks.computeIfAbsent(id, Clock::new).time = time;
            }
        }
    }

    private void readInterned(Sequence sequence, byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = tag >>> 3;
            if (field != INTERNED_NAMES
                    && field != INTERNED_CATEGORIES
                    && field != INTERNED_SOURCE_LOCATIONS) {
                in.skipField(tag);
                continue;
            }
            long iid = 0;
            String text = "";
            String function = "";
            int line = -1;
            CodedInputStream entry = CodedInputStream.newInstance(in.readByteArray());
            for (int part = entry.readTag(); part != 0; part = entry.readTag()) {
                switch (part >>> 3) {
                    case INTERNED_IID -> iid = entry.readUInt64();
                    case INTERNED_TEXT -> text = entry.readString();
                    case SOURCE_FUNCTION -> function = entry.readString();
                    case SOURCE_LINE -> line = entry.readUInt32();
                    default -> entry.skipField(part);
                }
            }
            switch (field) {
                case INTERNED_NAMES -> sequence.names.put(iid, text);
                case INTERNED_CATEGORIES -> sequence.categories.put(iid, text);
                default -> gathered.located(function, text, line);
            }
        }
    }

    private void readTrack(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        long uuid = 0;
        long parent = 0;
        long pid = -1;
        long tid = -1;
        String name = "";
        boolean process = false;
        boolean counter = false;
        ThreadTrack.Kind kind = ThreadTrack.Kind.PLATFORM;
        boolean ended = false;
        long continued = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case TRACK_UUID -> uuid = in.readUInt64();
                case TRACK_PARENT -> parent = in.readUInt64();
                case TRACK_NAME -> name = in.readString();
                case TRACK_JTRACER_PID -> pid = in.readUInt64();
                case TRACK_JTRACER_TID -> {
                    tid = in.readUInt64();
                    kind = kind == ThreadTrack.Kind.LANE ? kind : ThreadTrack.Kind.VIRTUAL;
                }
                case TRACK_JTRACER_LANE -> {
                    in.skipField(tag);
                    kind = ThreadTrack.Kind.LANE;
                }
                case TRACK_JTRACER_CONTINUES -> continued = in.readUInt64();
                case TRACK_JTRACER_ENDED -> ended = in.readBool();
                case TRACK_COUNTER -> {
                    counter = true;
                    in.skipField(tag);
                }
                case TRACK_PROCESS, TRACK_THREAD -> {
                    process = tag >>> 3 == TRACK_PROCESS;
                    CodedInputStream part = CodedInputStream.newInstance(in.readByteArray());
                    for (int field = part.readTag(); field != 0; field = part.readTag()) {
                        boolean named = field >>> 3 == (process ? PROCESS_NAME : THREAD_NAME);
                        if (field >>> 3 == THREAD_PID) {
                            pid = part.readUInt64();
                        } else if (!process && field >>> 3 == THREAD_TID) {
                            tid = part.readUInt64();
                        } else if (named) {
                            name = part.readString();
                        } else {
                            part.skipField(field);
                        }
                    }
                }
                default -> in.skipField(tag);
            }
        }
        if (continued != 0) {
            tracks.put(uuid, track(continued));
            return;
        }
        Track above = tracks.get(parent);
        if (pid < 0) {
            pid = above == null ? 0 : above.pid();
        }
        if (tid < 0) {
            tid = counter && above != null ? above.tid() : process ? 0 : uuid;
        }
        tracks.put(uuid, new Track(uuid, pid, tid, name));
        recentTrack = null;
        if (process) {
            gathered.process(pid, name);
        } else if (!counter) {
            gathered.thread(pid, tid, name, kind, ended);
        }
    }

    private void readEvent(CodedInputStream in) throws IOException {
        event.present = true;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case EVENT_TYPE -> event.type = in.readUInt32();
                case EVENT_TRACK -> {
                    event.track = in.readUInt64();
                    event.hasTrack = true;
                }
                case EVENT_NAME -> event.name = in.readString();
                case EVENT_NAME_IID -> event.nameId = in.readUInt64();
                case EVENT_CATEGORY -> event.category = in.readString();
                case EVENT_CATEGORY_IID -> event.categoryId = in.readUInt64();
                case EVENT_COUNTER -> event.value = in.readInt64();
                case EVENT_REAL_COUNTER -> event.value = in.readDouble();
                case EVENT_ANNOTATION ->
                        event.arguments =
                                PerfettoAnnotation.add(
                                        event.arguments, ByteBuffer.wrap(in.readByteArray()));
                default -> in.skipField(tag);
            }
        }
    }

    private void show(Sequence sequence, long time) throws IOException {
        String name =
                event.nameId == 0 ? event.name : sequence.names.getOrDefault(event.nameId, "");
        String category =
                event.categoryId == 0
                        ? event.category
                        : sequence.categories.getOrDefault(event.categoryId, "");
        String kind = category.isEmpty() ? "method" : category;
        Track track = track(event.hasTrack ? event.track : sequence.defaultTrack);
        Map<String, String> arguments = event.arguments;
        switch (event.type) {
            case TYPE_BEGIN ->
                    gathered.event("B", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_END ->
                    gathered.event("E", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_INSTANT ->
                    gathered.event("i", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_COUNTER -> {
                Map<String, String> counted = Map.of("value", Double.toString(event.value));
                gathered.event("C", kind, track.name, track.pid, track.tid, time, -1, counted);
            }
            default -> {} // of a kind that jtracer does not show
        }
    }

    private Track track(long uuid) {
        Track track = recentTrack;
        if (track == null || track.uuid != uuid) {
            Track known = tracks.get(uuid);
            track = known != null ? known : new Track(uuid, 0, uuid, "");
            recentTrack = track;
        }
        return track;
    }
}
