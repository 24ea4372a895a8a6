package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Goes through the words that one carrier recorded, chunk after chunk. It holds a buffer only while
 * it is in the middle of a chunk.
 */
final class CarrierCursor {
    private static final int MAX_TEXT_UNITS = EventWord.MARK_MAX_PAYLOAD * 4;

    final long carrier;
    private final FileChannel channel;
    private final ByteOrder order;
    private final List<ChunkRef> chunks;
    private int nextChunk;
    private ByteBuffer words = ByteBuffer.allocate(0);
    private long baseTicks;
    private long lastTicks;

    /** The thread that the next words belong to. */
    long thread;

    CarrierCursor(long carrier, FileChannel channel, ByteOrder order, List<ChunkRef> chunks) {
        this.carrier = carrier;
        this.channel = channel;
        this.order = order;
        this.chunks = chunks;
        this.thread = carrier;
    }

    /** Whether there is a next word; goes to the next chunk if need be. */
    boolean advance() throws IOException {
        if (words.hasRemaining()) {
            return true;
        }
        if (nextChunk == chunks.size()) {
            words = ByteBuffer.allocate(0);
            return false;
        }
        ChunkRef chunk = chunks.get(nextChunk++);
        int bytes = chunk.words() * Long.BYTES;
        if (words.capacity() < bytes) {
            words = ByteBuffer.allocate(bytes).order(order);
        }
        words.clear().limit(bytes);
        SectionInput.readFully(channel, words, chunk.position());
        words.flip();
        baseTicks = chunk.baseTicks();
        thread = chunk.currentThread();
        return true;
    }

    /** Ticks at the begin of the first chunk. */
    long firstTicks() {
        return chunks.get(0).baseTicks();
    }

    long peek() {
        return words.getLong(words.position());
    }

    long peekTicks() {
        return TickScale.ticks(peek(), baseTicks);
    }

    /** Takes the next word. */
    long take() {
        long word = words.getLong();
        lastTicks = TickScale.ticks(word, baseTicks);
        return word;
    }

    /** Ticks of the word that was taken last. */
    long ticks() {
        return lastTicks;
    }

    /** A payload word of the mark that was taken last. */
    long payload() throws RecordingException {
        if (!words.hasRemaining()) {
            throw RecordingException.damaged("a mark is longer than its chunk");
        }
        return words.getLong();
    }

    /** A text of so many payload words, without the zeros at its end. */
    String text(int count) throws RecordingException {
        if (count < 0 || count > words.remaining() / Long.BYTES) {
            throw RecordingException.damaged("a mark is longer than its chunk");
        }
        return text(words, count);
    }

    /** Where in the file the next word is. */
    long position() {
        return chunks.get(nextChunk - 1).position() + words.position();
    }

    static String text(ByteBuffer words, int count) {
        char[] units = new char[Math.min(MAX_TEXT_UNITS, count * 4)];
        int length = 0;
        for (int i = 0; i < units.length; i += 4) {
            long word = words.getLong();
            for (int j = 0; j < 4; j++) {
                units[i + j] = (char) (word >>> (16 * j));
                if (units[i + j] != 0) {
                    length = i + j + 1;
                }
            }
        }
        return new String(units, 0, length);
    }
}
