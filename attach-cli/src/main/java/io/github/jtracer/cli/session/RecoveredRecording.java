package io.github.jtracer.cli.session;

import io.github.jtracer.probe.ChunkHeader;
import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.RecordingException;
import io.github.jtracer.trace.RecordingFormat;
import io.github.jtracer.trace.RecoveryFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A raw recording made of what {@link RecoveryFormat} describes. Two things that a stopped
 * recording has are made up: the moment of the stop is that of the last event, and how many words a
 * chunk has that was being written is seen from the words.
 */
final class RecoveredRecording {
    private static final int MAX_SECTION_BYTES = 1 << 29;
    private static final int MAX_CHUNK_BYTES = 1 << 24;

    private final Map<String, String> header;
    private final FileChannel buffer;
    private final List<Section> sections;
    private final int chunkBytes;
    private final ByteOrder order;
    private final List<Piece> pieces = new ArrayList<>();
    private long lastTicks;
    private long lastSequence = -1;

    private record Section(byte type, byte[] payload) {}

    private record Piece(long carrier, long sequence, long thread, long base, int words, long at) {}

    private RecoveredRecording(
            Map<String, String> header, List<Section> sections, FileChannel buffer)
            throws IOException {
        this.header = header;
        this.sections = sections;
        this.buffer = buffer;
        chunkBytes = (int) number(RecoveryFormat.HEADER_CHUNK_BYTES);
        order =
                "BIG_ENDIAN".equals(header.get(RecordingFormat.HEADER_BYTE_ORDER))
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN;
        if (chunkBytes <= ChunkHeader.BYTES || chunkBytes > MAX_CHUNK_BYTES) {
            throw damaged();
        }
    }

    /**
     * Writes it.
     *
     * @return whether calls are missing that were overwritten
     * @throws RecordingException if there is not even a header
     */
    static boolean write(Path journal, FileChannel buffer, Path recording) throws IOException {
        List<Section> sections = sections(journal);
        if (sections.isEmpty() || sections.get(0).type() != RecordingFormat.HEADER) {
            throw new RecordingException(
                    "The program was killed before it recorded anything", "Run it again");
        }
        RecoveredRecording recovered =
                new RecoveredRecording(
                        map(sections.get(0).payload()),
                        sections.subList(1, sections.size()),
                        buffer);
        recovered.findPieces();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(recording)))) {
            recovered.writeTo(out);
        }
        return recovered.lastSequence >= recovered.pieces.size();
    }

    /** Those that are whole. */
    private static List<Section> sections(Path journal) throws IOException {
        List<Section> sections = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(journal)))) {
            if (in.readLong() != RecordingFormat.MAGIC) {
                throw damaged();
            }
            while (true) {
                byte type = in.readByte();
                int length = in.readInt();
                if (length < 0 || length > MAX_SECTION_BYTES) {
                    throw damaged();
                }
                byte[] payload = in.readNBytes(length);
                if (payload.length < length) {
                    return sections;
                }
                sections.add(new Section(type, payload));
            }
        } catch (EOFException e) {
            return sections;
        }
    }

    private void findPieces() throws IOException {
        lastTicks = number(RecordingFormat.HEADER_START_TICKS);
        boolean takesBack = number(RecordingFormat.HEADER_MIN_DURATION_NANOS) > 0;
        ByteBuffer chunk = ByteBuffer.allocate(chunkBytes).order(order);
        for (long at = RecoveryFormat.PAGE_BYTES;
                at + chunkBytes <= buffer.size();
                at += chunkBytes) {
            read(chunk.clear(), at);
            long carrier = chunk.getLong(ChunkHeader.CARRIER_ID);
            if (carrier == 0) {
                continue;
            }
            long base = chunk.getLong(ChunkHeader.BASE);
            int words = words(chunk, base, takesBack);
            long sequence = chunk.getLong(ChunkHeader.SEQUENCE);
            lastSequence = Math.max(lastSequence, sequence);
            pieces.add(
                    new Piece(
                            carrier,
                            sequence,
                            chunk.getLong(ChunkHeader.FIRST_THREAD_ID),
                            base,
                            words,
                            at + ChunkHeader.BYTES));
        }
        pieces.sort(Comparator.comparingLong(Piece::carrier).thenComparingLong(Piece::sequence));
    }

    /** How many words there are; also takes note of the last one's time. */
    private int words(ByteBuffer chunk, long base, boolean takesBack) {
        int room = (chunkBytes - ChunkHeader.BYTES) / Long.BYTES;
        long sealed = chunk.getLong(ChunkHeader.WORDS);
        int end = sealed > 0 && sealed <= room ? (int) sealed : room;
        long ticks = base;
        int words = 0;
        while (words < end) {
            long word = chunk.getLong(ChunkHeader.BYTES + words * Long.BYTES);
            long now = ticks(word, base);
            // Behind a call that was taken back for being short there may be others, older ones.
            if (word == 0 || takesBack && sealed == 0 && now < ticks) {
                break;
            }
            int length = 1 + payload(word);
            if (words + length > end) {
                break;
            }
            ticks = now;
            words += length;
        }
        lastTicks = Math.max(lastTicks, ticks);
        return words;
    }

    private static int payload(long word) {
        return (word & EventWord.KIND_MASK) == EventWord.MARK
                ? (int) (word >>> EventWord.ID_SHIFT + EventWord.MARK_TYPE_BITS)
                        & EventWord.MARK_MAX_PAYLOAD
                : 0;
    }

    /** The full ticks of a word, given those of its chunk. */
    private static long ticks(long word, long base) {
        long distance = (word >>> EventWord.TIME_SHIFT) - base;
        return base + (distance << EventWord.TIME_SHIFT >> EventWord.TIME_SHIFT);
    }

    private void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(RecordingFormat.MAGIC);
        stopAtTheLastEvent();
        section(out, RecordingFormat.HEADER, bytes(header));
        for (Section section : sections) {
            section(out, section.type(), section.payload());
        }
        for (Piece piece : pieces) {
            ByteBuffer payload =
                    ByteBuffer.allocate(
                            4 * Long.BYTES + Integer.BYTES + piece.words() * Long.BYTES);
            payload.putLong(piece.carrier()).putLong(piece.sequence()).putLong(piece.thread());
            payload.putLong(piece.base()).putInt(piece.words());
            read(payload, piece.at());
            section(out, RecordingFormat.CHUNK, payload.array());
        }
        section(
                out,
                RecordingFormat.END,
                bytes(Map.of(RecordingFormat.END_CHUNKS, String.valueOf(pieces.size()))));
    }

    private void stopAtTheLastEvent() throws IOException {
        long startTicks = number(RecordingFormat.HEADER_START_TICKS);
        long startNanos = number(RecordingFormat.HEADER_START_NANOS);
        long nanos = Math.round((lastTicks - startTicks) * nanosPerTick(startTicks, startNanos));
        header.put(RecordingFormat.HEADER_STOP_TICKS, String.valueOf(lastTicks));
        header.put(RecordingFormat.HEADER_STOP_NANOS, String.valueOf(startNanos + nanos));
        header.put(
                RecordingFormat.HEADER_STOP_EPOCH_NANOS,
                String.valueOf(number(RecordingFormat.HEADER_START_EPOCH_NANOS) + nanos));
        header.put(RecordingFormat.HEADER_STOPPED_BY, "killed");
    }

    /** From the last reading of both clocks, or else from that at the start. */
    private double nanosPerTick(long startTicks, long startNanos) throws IOException {
        if ("nano".equals(header.get(RecordingFormat.HEADER_CLOCK))) {
            return 1;
        }
        ByteBuffer page = ByteBuffer.allocate(RecoveryFormat.PAGE_BYTES).order(order);
        read(page, 0);
        long reading = page.getLong(RecoveryFormat.READING);
        long ticks = startTicks;
        long nanos = startNanos;
        if (reading == 1 || reading == 2) {
            int at = RecoveryFormat.READINGS + ((int) reading - 1) * RecoveryFormat.READING_BYTES;
            ticks = page.getLong(at);
            nanos = page.getLong(at + Long.BYTES);
        }
        long tickSpan = ticks - number(RecoveryFormat.HEADER_BEFORE_TICKS);
        long nanoSpan = nanos - number(RecoveryFormat.HEADER_BEFORE_NANOS);
        return tickSpan <= 0 || nanoSpan <= 0 ? 1 : (double) nanoSpan / tickSpan;
    }

    private void read(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = buffer.read(target, at);
            if (count < 0) {
                throw damaged();
            }
            at += count;
        }
    }

    private static void section(DataOutputStream out, byte type, byte[] payload)
            throws IOException {
        out.writeByte(type);
        out.writeInt(payload.length);
        out.write(payload);
    }

    private static Map<String, String> map(byte[] payload) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
        for (int left = in.readInt(); left > 0; left--) {
            String key = string(in);
            map.put(key, string(in));
        }
        return map;
    }

    private static String string(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Map<String, String> map) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            for (String text : List.of(entry.getKey(), entry.getValue())) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
        }
        return bytes.toByteArray();
    }

    private long number(String key) throws RecordingException {
        try {
            return Long.parseLong(header.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static RecordingException damaged() {
        return new RecordingException("The files are damaged", "Run the program again");
    }
}
