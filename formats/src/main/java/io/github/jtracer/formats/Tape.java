package io.github.jtracer.formats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Records of {@link #FIELDS} numbers, added at the end and read from either end. Memory holds at
 * most one block of them; the others are in a temporary file.
 */
final class Tape implements Closeable {
    static final int FIELDS = 4;
    private static final int BLOCK = FIELDS << 15;

    /** Sees a record at a time. */
    interface Reader {
        void record(long a, long b, long c, long d) throws IOException;
    }

    private final Spill spill = new Spill();
    private long[] tail = new long[FIELDS << 6];
    private int used;
    private long spilled;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    void add(long a, long b, long c, long d) throws IOException {
        if (used == tail.length) {
            if (used < BLOCK) {
                tail = Arrays.copyOf(tail, 2 * used);
            } else {
                spill();
            }
        }
        tail[used] = a;
        tail[used + 1] = b;
        tail[used + 2] = c;
        tail[used + 3] = d;
        used += FIELDS;
    }

    /** How many records there are. */
    long size() {
        return (spilled + used) / FIELDS;
    }

    void forward(Reader reader) throws IOException {
        long[] block = new long[BLOCK];
        int count;
        for (long at = 0; (count = read(at, block)) > 0; at += count) {
            for (int i = 0; i < count * FIELDS; i += FIELDS) {
                reader.record(block[i], block[i + 1], block[i + 2], block[i + 3]);
            }
        }
    }

    void backward(Reader reader) throws IOException {
        for (int i = used - FIELDS; i >= 0; i -= FIELDS) {
            reader.record(tail[i], tail[i + 1], tail[i + 2], tail[i + 3]);
        }
        long[] block = new long[spilled == 0 ? 0 : BLOCK];
        for (long at = spilled / FIELDS - BLOCK / FIELDS; at >= 0; at -= BLOCK / FIELDS) {
            int count = read(at, block);
            for (int i = (count - 1) * FIELDS; i >= 0; i -= FIELDS) {
                reader.record(block[i], block[i + 1], block[i + 2], block[i + 3]);
            }
        }
    }

    /** Copies records from that one on, as many as there are and fit; returns how many. */
    int read(long first, long[] into) throws IOException {
        long from = first * FIELDS;
        if (from >= spilled) {
            int at = (int) (from - spilled);
            int length = Math.min(into.length, used - at);
            System.arraycopy(tail, at, into, 0, length);
            return length / FIELDS;
        }
        int length = (int) Math.min(into.length, spilled - from);
        ByteBuffer buffer = bytes(length);
        spill.read(from * Long.BYTES, buffer);
        buffer.flip().asLongBuffer().get(into, 0, length);
        return length / FIELDS;
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }

    private void spill() throws IOException {
        ByteBuffer buffer = bytes(used);
        buffer.asLongBuffer().put(tail, 0, used);
        spill.append(buffer);
        spilled += used;
        used = 0;
    }

    private ByteBuffer bytes(int longs) {
        if (bytes.capacity() < longs * Long.BYTES) {
            bytes = ByteBuffer.allocateDirect(longs * Long.BYTES).order(ByteOrder.nativeOrder());
        }
        return bytes.clear().limit(longs * Long.BYTES);
    }
}
