package io.github.jtracer.formats;

import static io.github.jtracer.trace.PerfettoFormat.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.jtracer.trace.RecordingException;
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

/** Reads the track events of a Perfetto trace; what else such a file may hold is skipped. */
final class PerfettoReader {
    private static final int MAX_PACKET_BYTES = 1 << 28;

    private final Path file;
    private final GatheredTrace gathered;
    private final Map<Long, Sequence> sequences = new HashMap<>();
    private final Map<Long, Track> tracks = new HashMap<>();

    /** What later packets of a sequence lean on. */
    private static final class Sequence {
        final Map<Long, String> names = new HashMap<>();
        final Map<Long, String> categories = new HashMap<>();
        final Map<Long, Long> incrementalClocks = new HashMap<>();
        long defaultClock = CLOCK_BOOTTIME;
        long defaultTrack;
    }

    private record Track(long pid, long tid, String name) {}

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
                readPacket(packets.readRawBytes(size));
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

    private void readPacket(byte[] bytes) throws IOException, DataFormatException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        long timestamp = 0;
        long clock = -1;
        long sequenceId = 0;
        byte[] event = null;
        byte[] interned = null;
        byte[] snapshot = null;
        byte[] defaults = null;
        byte[] track = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case PACKET_TIMESTAMP -> timestamp = in.readUInt64();
                case PACKET_TIMESTAMP_CLOCK -> clock = in.readUInt64();
                case PACKET_SEQUENCE -> sequenceId = in.readUInt64();
                case PACKET_TRACK_EVENT -> event = in.readByteArray();
                case PACKET_INTERNED_DATA -> interned = in.readByteArray();
                case PACKET_CLOCK_SNAPSHOT -> snapshot = in.readByteArray();
                case PACKET_DEFAULTS -> defaults = in.readByteArray();
                case PACKET_TRACK_DESCRIPTOR -> track = in.readByteArray();
                case PACKET_COMPRESSED -> readCompressed(in.readByteArray());
                case PACKET_JTRACER -> readMetadata(in.readString());
                default -> in.skipField(tag);
            }
        }
        Sequence sequence = sequences.computeIfAbsent(sequenceId, id -> new Sequence());
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
        if (event != null) {
            long id = clock < 0 ? sequence.defaultClock : clock;
            Long previous = sequence.incrementalClocks.get(id);
            long time = previous == null ? timestamp : previous + timestamp;
            if (previous != null) {
                sequence.incrementalClocks.put(id, time);
            }
            readEvent(sequence, event, time);
        }
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
                readPacket(packets.readByteArray());
            } else {
                packets.skipField(tag);
            }
        }
    }

    private void readMetadata(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
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
                sequence.incrementalClocks.put(id, time);
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
        boolean virtual = false;
        boolean ended = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case TRACK_UUID -> uuid = in.readUInt64();
                case TRACK_PARENT -> parent = in.readUInt64();
                case TRACK_NAME -> name = in.readString();
                case TRACK_JTRACER_PID -> pid = in.readUInt64();
                case TRACK_JTRACER_TID -> {
                    tid = in.readUInt64();
                    virtual = true;
                }
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
        Track above = tracks.get(parent);
        if (pid < 0) {
            pid = above == null ? 0 : above.pid();
        }
        if (tid < 0) {
            tid = counter && above != null ? above.tid() : process ? 0 : uuid;
        }
        tracks.put(uuid, new Track(pid, tid, name));
        if (process) {
            gathered.process(pid, name);
        } else if (!counter) {
            gathered.thread(pid, tid, name, virtual, ended);
        }
    }

    private void readEvent(Sequence sequence, byte[] bytes, long time) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        int type = 0;
        long uuid = sequence.defaultTrack;
        String name = "";
        String category = "";
        double value = 0;
        Map<String, String> arguments = Map.of();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case EVENT_TYPE -> type = in.readUInt32();
                case EVENT_TRACK -> uuid = in.readUInt64();
                case EVENT_NAME -> name = in.readString();
                case EVENT_NAME_IID -> name = sequence.names.getOrDefault(in.readUInt64(), "");
                case EVENT_CATEGORY -> category = in.readString();
                case EVENT_CATEGORY_IID ->
                        category = sequence.categories.getOrDefault(in.readUInt64(), "");
                case EVENT_COUNTER -> value = in.readInt64();
                case EVENT_REAL_COUNTER -> value = in.readDouble();
                case EVENT_ANNOTATION ->
                        arguments =
                                PerfettoAnnotation.add(
                                        arguments, ByteBuffer.wrap(in.readByteArray()));
                default -> in.skipField(tag);
            }
        }
        Track track = tracks.getOrDefault(uuid, new Track(0, uuid, ""));
        String kind = category.isEmpty() ? "method" : category;
        switch (type) {
            case TYPE_BEGIN ->
                    gathered.event("B", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_END ->
                    gathered.event("E", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_INSTANT ->
                    gathered.event("i", kind, name, track.pid, track.tid, time, -1, arguments);
            case TYPE_COUNTER -> {
                Map<String, String> counted = Map.of("value", Double.toString(value));
                gathered.event("C", kind, track.name, track.pid, track.tid, time, -1, counted);
            }
            default -> {} // of a kind that jtracer does not show
        }
    }
}
