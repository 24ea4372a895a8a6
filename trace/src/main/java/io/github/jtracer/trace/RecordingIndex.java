package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything in a recording but its events: read once, kept in memory. */
final class RecordingIndex {
    /** Far more than any JVM has methods to name; a file that claims more is hostile. */
    private static final long MAX_DESCRIPTION_BYTES = 1L << 29;

    private static final int MAX_CHUNKS = 1 << 22;
    private static final int MAX_CHUNK_WORDS = 1 << 22;
    private static final String NOT_A_RECORDING_ACTION =
            "Give a file that jtracer wrote with -o FILE.jtr";

    Map<String, String> header = Map.of();
    final MethodTable methods = new MethodTable();
    final Map<Long, ThreadHead> threads = new LinkedHashMap<>();
    final Map<Long, List<StackTraceElement>> stacks = new LinkedHashMap<>();
    final Map<Long, Loss> losses = new HashMap<>();
    final Map<Long, List<ChunkRef>> carriers = new LinkedHashMap<>();

    /** Whether it was found damaged, and what precedes the damage is all there is. */
    boolean damaged;

    private long descriptionBytes;
    private int chunks;

    /** A platform thread as its section describes it. */
    record ThreadHead(String name, int flags) {}

    /** Reads to the end section. */
    static RecordingIndex read(FileChannel channel, boolean salvage) throws IOException {
        RecordingIndex index = new RecordingIndex();
        SectionInput in = new SectionInput(channel);
        index.readHeader(in);
        try {
            index.readSections(in);
        } catch (RecordingException e) {
            if (!salvage) {
                throw e;
            }
            index.damaged = true;
        }
        for (List<ChunkRef> refs : index.carriers.values()) {
            refs.sort(Comparator.comparingLong(ChunkRef::sequence));
        }
        return index;
    }

    ByteOrder byteOrder() {
        return "BIG_ENDIAN".equals(header.get(RecordingFormat.HEADER_BYTE_ORDER))
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    private void readHeader(SectionInput in) throws IOException {
        if (in.sectionRemaining() < Long.BYTES) {
            throw new RecordingException("This is not a jtracer recording", NOT_A_RECORDING_ACTION);
        }
        long magic = in.readLong();
        if (magic >>> 8 == RecordingFormat.MAGIC >>> 8 && magic != RecordingFormat.MAGIC) {
            throw new RecordingException(
                    "The recording is of format " + (magic & 0xFF) + ", newer than this jtracer",
                    "Use the jtracer that wrote it, or a newer one");
        }
        if (magic != RecordingFormat.MAGIC) {
            throw new RecordingException("This is not a jtracer recording", NOT_A_RECORDING_ACTION);
        }
        if (in.next() != RecordingFormat.HEADER) {
            throw RecordingException.damaged("its header is missing");
        }
        describe(in);
        header = in.readMap();
    }

    private void readSections(SectionInput in) throws IOException {
        for (int type = in.next(); type != RecordingFormat.END; type = in.next()) {
            if (type < 0) {
                throw RecordingException.damaged("it is cut off");
            }
            if (type != RecordingFormat.CHUNK) {
                describe(in);
            }
            switch (type) {
                case RecordingFormat.METHODS -> readMethods(in);
                case RecordingFormat.THREAD -> readThread(in);
                case RecordingFormat.STACK -> readStack(in);
                case RecordingFormat.LOST -> readLoss(in);
                case RecordingFormat.CHUNK -> readChunk(in);
                default -> {} // of a newer version; it is skipped
            }
        }
        String expected = in.readMap().get(RecordingFormat.END_CHUNKS);
        if (expected != null && !expected.equals(String.valueOf(chunks))) {
            throw RecordingException.damaged("it has " + chunks + " chunks of " + expected);
        }
    }

    private void describe(SectionInput in) throws RecordingException {
        descriptionBytes += in.sectionRemaining();
        if (descriptionBytes > MAX_DESCRIPTION_BYTES) {
            throw RecordingException.damaged("it describes more methods than a JVM can have");
        }
    }

    private void readMethods(SectionInput in) throws IOException {
        int count = in.readCount(6 * Integer.BYTES);
        for (int i = 0; i < count; i++) {
            int id = in.readInt();
            String className = in.readString();
            String name = in.readString();
            String descriptor = in.readString();
            String source = in.readString();
            int line = in.readInt();
            if (id < 0 || id > EventWord.ID_MASK) {
                throw RecordingException.damaged("it has a method with id " + id);
            }
            methods.add(new TracedMethod(id, className, name, descriptor, source, line));
        }
    }

    private void readThread(SectionInput in) throws IOException {
        long tid = in.readLong();
        int flags = in.readInt();
        threads.put(tid, new ThreadHead(in.readString(), flags));
    }

    private void readStack(SectionInput in) throws IOException {
        long tid = in.readLong();
        int count = in.readCount(3 * Integer.BYTES);
        List<StackTraceElement> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String className = in.readString();
            String name = in.readString();
            frames.add(new StackTraceElement(className, name, null, in.readInt()));
        }
        stacks.put(tid, frames);
    }

    private void readLoss(SectionInput in) throws IOException {
        long carrier = in.readLong();
        Loss loss = new Loss(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        if (Math.min(
                        Math.min(loss.overwrittenEntries(), loss.overwrittenExits()),
                        Math.min(loss.noRoomEntries(), loss.noRoomExits()))
                < 0) {
            throw RecordingException.damaged("it counts less than nothing as lost");
        }
        losses.merge(carrier, loss, Loss::plus);
    }

    private void readChunk(SectionInput in) throws IOException {
        long carrier = in.readLong();
        long sequence = in.readLong();
        long currentThread = in.readLong();
        long baseTicks = in.readLong();
        int words = in.readCount(Long.BYTES);
        if (words > MAX_CHUNK_WORDS || ++chunks > MAX_CHUNKS) {
            throw RecordingException.damaged("its chunks are larger than jtracer writes them");
        }
        if (words > 0) {
            carriers.computeIfAbsent(carrier, c -> new ArrayList<>())
                    .add(new ChunkRef(sequence, currentThread, baseTicks, words, in.position()));
        }
    }
}
