package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records events as the probe would, in memory: chunks a carrier from one bounded pool of which the
 * oldest is overwritten, a mark where the thread on a carrier changes, and counts of what is lost.
 */
public final class SyntheticRecording {
    public final Map<String, String> header = new LinkedHashMap<>();
    public final List<TracedMethod> methods = new ArrayList<>();
    private final Map<Long, Carrier> carriers = new LinkedHashMap<>();
    private final Map<Long, String> platformThreads = new LinkedHashMap<>();
    private final Map<Long, List<StackTraceElement>> stacks = new LinkedHashMap<>();
    private final List<Chunk> pool = new ArrayList<>();
    private final int chunkWords;
    private final int maxChunks;
    private long sequence;

    /** The clock; whoever records moves it. */
    public long ticks;

    /** Entries recorded, kept or not. */
    public long entries;

    private static final class Carrier {
        long tid;
        long current;
        Chunk chunk;
        long[] lost = new long[4];
    }

    private static final class Chunk {
        Carrier carrier;
        long sequence;
        long current;
        long base;
        long[] words;
        int used;
        long chunkEntries;
        long chunkExits;
    }

    public SyntheticRecording(int chunkWords, int maxChunks, long startTicks) {
        this.chunkWords = chunkWords;
        this.maxChunks = maxChunks;
        this.ticks = startTicks;
        header.put(RecordingFormat.HEADER_VERSION, "0.1.0");
        header.put(RecordingFormat.HEADER_BYTE_ORDER, java.nio.ByteOrder.nativeOrder().toString());
        header.put(RecordingFormat.HEADER_CLOCK, "nano");
        header.put(RecordingFormat.HEADER_START_TICKS, String.valueOf(startTicks));
        header.put(RecordingFormat.HEADER_START_NANOS, String.valueOf(startTicks));
        header.put(RecordingFormat.HEADER_START_EPOCH_NANOS, "1795391735920470516");
        header.put(RecordingFormat.HEADER_PID, "4711");
        header.put(RecordingFormat.HEADER_MAIN, "com.acme.Shop");
        header.put(RecordingFormat.HEADER_JVM, "OpenJDK 64-Bit Server VM 17.0.15+6");
        header.put(RecordingFormat.HEADER_OPTIONS, "--include com.acme.**");
        header.put(RecordingFormat.HEADER_STARTED_BY, "cli (ann, 4712)");
        header.put(RecordingFormat.HEADER_STOPPED_BY, "command");
    }

    public int method(String className, String name, String descriptor) {
        int id = methods.size();
        String simple = className.substring(className.lastIndexOf('.') + 1);
        methods.add(new TracedMethod(id, className, name, descriptor, simple + ".java", 10 + id));
        return id;
    }

    public void platformThread(long tid, String name) {
        platformThreads.put(tid, name);
    }

    public void stack(long tid, StackTraceElement... frames) {
        stacks.put(tid, List.of(frames));
    }

    public void enter(long carrier, long tid, int method) {
        entries++;
        word(carrier, tid, EventWord.ENTER, method);
    }

    public void exit(long carrier, long tid, int method) {
        word(carrier, tid, EventWord.EXIT, method);
    }

    public void thrown(long carrier, long tid, int method) {
        word(carrier, tid, EventWord.THROWN, method);
    }

    public void mark(long carrier, long tid, int type, String text) {
        mark(on(carrier, tid, "", 64), type, text(text));
    }

    public void counter(long carrier, long tid, String name, double value) {
        long[] text = text(name);
        long[] payload = new long[text.length + 1];
        payload[0] = Double.doubleToRawLongBits(value);
        System.arraycopy(text, 0, payload, 1, text.length);
        mark(on(carrier, tid, "", 64), EventWord.MARK_COUNTER, payload);
    }

    /** Mounts a named virtual thread. */
    public void mount(long carrier, long tid, String name) {
        on(carrier, tid, name, 1);
    }

    private void word(long carrier, long tid, int kind, int id) {
        put(on(carrier, tid, "", 1), kind, id);
    }

    private Carrier on(long carrierTid, long tid, String name, int room) {
        Carrier carrier = carriers.computeIfAbsent(carrierTid, c -> new Carrier());
        carrier.tid = carrierTid;
        if (carrier.chunk == null) {
            carrier.current = carrierTid;
        }
        room(carrier, room + 80);
        if (carrier.current != tid) {
            long[] text = text(name);
            long[] payload = new long[text.length + 1];
            payload[0] = tid;
            System.arraycopy(text, 0, payload, 1, text.length);
            mark(carrier, EventWord.MARK_THREAD, payload);
            carrier.current = tid;
        }
        return carrier;
    }

    private void room(Carrier carrier, int words) {
        Chunk chunk = carrier.chunk;
        if (chunk != null && chunk.used + Math.min(words, chunkWords / 2) <= chunkWords) {
            return;
        }
        if (pool.size() == maxChunks) {
            Chunk oldest =
                    pool.stream()
                            .filter(c -> c.carrier.chunk != c || c == chunk)
                            .min(Comparator.comparingLong(c -> c.sequence))
                            .orElseThrow();
            pool.remove(oldest);
            oldest.carrier.lost[0] += oldest.chunkEntries;
            oldest.carrier.lost[1] += oldest.chunkExits;
        }
        Chunk fresh = new Chunk();
        fresh.carrier = carrier;
        fresh.sequence = sequence++;
        fresh.current = carrier.current;
        fresh.base = ticks;
        fresh.words = new long[chunkWords];
        carrier.chunk = fresh;
        pool.add(fresh);
    }

    private void put(Carrier carrier, int kind, int id) {
        Chunk chunk = carrier.chunk;
        chunk.chunkEntries += kind == EventWord.ENTER ? 1 : 0;
        chunk.chunkExits += kind == EventWord.EXIT || kind == EventWord.THROWN ? 1 : 0;
        chunk.words[chunk.used++] =
                ticks << EventWord.TIME_SHIFT | (long) id << EventWord.ID_SHIFT | kind;
    }

    private void mark(Carrier carrier, int type, long[] payload) {
        put(carrier, EventWord.MARK, payload.length << EventWord.MARK_TYPE_BITS | type);
        for (long word : payload) {
            carrier.chunk.words[carrier.chunk.used++] = word;
        }
    }

    private static long[] text(String text) {
        long[] words = new long[(text.length() + 3) / 4];
        for (int i = 0; i < text.length(); i++) {
            words[i / 4] |= (long) text.charAt(i) << (16 * (i % 4));
        }
        return words;
    }

    public void write(OutputStream stream) throws IOException {
        header.putIfAbsent(RecordingFormat.HEADER_STOP_TICKS, String.valueOf(ticks));
        header.putIfAbsent(RecordingFormat.HEADER_STOP_NANOS, String.valueOf(ticks));
        RecordingOutput out = new RecordingOutput(stream);
        out.header(header);
        out.methods(methods);
        for (Map.Entry<Long, String> thread : platformThreads.entrySet()) {
            out.thread(thread.getKey(), 0, thread.getValue());
        }
        for (Map.Entry<Long, List<StackTraceElement>> stack : stacks.entrySet()) {
            out.stack(stack.getKey(), stack.getValue());
        }
        for (Carrier carrier : carriers.values()) {
            long[] lost = carrier.lost;
            out.lost(carrier.tid, lost[0], lost[1], lost[2], lost[3]);
        }
        for (Carrier carrier : carriers.values()) {
            for (Chunk chunk : pool) {
                if (chunk.carrier == carrier) {
                    out.chunk(
                            carrier.tid,
                            chunk.sequence,
                            chunk.current,
                            chunk.base,
                            chunk.words,
                            chunk.used);
                }
            }
        }
        out.end(Map.of(RecordingFormat.END_CHUNKS, String.valueOf(pool.size())));
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }

    public Path file(Path directory) throws IOException {
        return Files.write(Files.createTempFile(directory, "synthetic", ".jtr"), bytes());
    }
}
