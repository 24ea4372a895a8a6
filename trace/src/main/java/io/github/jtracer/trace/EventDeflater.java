package io.github.jtracer.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Compresses a batch of packets as they are put into it, as one zlib stream (RFC 1950 and 1951).
 *
 * <p>Where a packet repeats an earlier one is known here and need not be searched: the first {@link
 * #PREFIX} bytes of an event are those of the last event of the same kind and size. These are
 * written as one reference, all else byte by byte, with one table of codes that never changes.
 */
final class EventDeflater {
    /** Bytes of an event's packet in front of its name, track and time. */
    static final int PREFIX = 9;

    /** Where in the packet the bytes are that may differ in a prefix, besides its last. */
    private static final int LENGTH = 1;

    private static final int EVENT_LENGTH = 5;
    private static final int TYPE = 7;

    private static final int END_OF_BLOCK = 256;
    private static final int REPEAT_PREFIX = 257 + PREFIX - 3;
    private static final int FARTHEST = 1 << 15;
    private static final int KINDS = 1 << 12;

    private static final byte[] LENGTHS = codeLengths();
    private static final byte[] DISTANCE_LENGTHS = distanceLengths();
    private static final int[] CODES = codes(LENGTHS);
    private static final int[] DISTANCE_CODES = codes(DISTANCE_LENGTHS);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By kind of event: where in the batch the last one was, plus one. */
    private final int[] last = new int[KINDS];

    private final byte[] batch;
    private final byte[] out;
    private int size;
    private long bits;
    private int bitCount;

    /** For batches in this array. */
    EventDeflater(byte[] batch) {
        this.batch = batch;
        this.out = new byte[batch.length + batch.length / 4 + 1024];
        begin();
    }

    /** A packet of any kind was put into the batch. */
    void literal(int from, int to) {
        for (int i = from; i < to; i++) {
            int value = batch[i] & 0xFF;
            put(CODES[value], LENGTHS[value]);
        }
    }

    /** The packet of an event was put into the batch. */
    void event(int from, int to) {
        int kind = batch[from + LENGTH] << 6 ^ batch[from + EVENT_LENGTH] << 1 ^ batch[from + TYPE];
        int index = kind & KINDS - 1;
        int before = last[index] - 1;
        last[index] = from + 1;
        if (before < 0 || from - before > FARTHEST || !same(before, from)) {
            literal(from, to);
            return;
        }
        put(CODES[REPEAT_PREFIX], LENGTHS[REPEAT_PREFIX]);
        distance(from - before);
        literal(from + PREFIX, to);
    }

    /** Ends the stream for so many bytes of the batch; returns how long it is. */
    int finish(int batchSize) {
        put(CODES[END_OF_BLOCK], LENGTHS[END_OF_BLOCK]);
        flush();
        if (bitCount > 0) {
            size++;
        }
        Adler32 sum = new Adler32();
        sum.update(batch, 0, batchSize);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out[size++] = (byte) (sum.getValue() >>> shift);
        }
        return size;
    }

    /** What {@link #finish} ended. */
    byte[] stream() {
        return out;
    }

    /** Starts the next batch. */
    void begin() {
        Arrays.fill(last, 0);
        bits = 0;
        bitCount = 0;
        out[0] = 0x78;
        out[1] = 0x01;
        size = 2;
        put(0b101, 3); // the last block, with its own codes
        put(LENGTHS.length - 257, 5);
        put(DISTANCE_LENGTHS.length - 1, 5);
        put(15, 4); // all 19 lengths of the codes of lengths: 4 bits for 0 to 15, no repetitions
        for (int i = 0; i < 19; i++) {
            put(i < 3 ? 0 : 4, 3);
        }
        for (byte[] lengths : new byte[][] {LENGTHS, DISTANCE_LENGTHS}) {
            for (byte length : lengths) {
                put(reversed(length, 4), 4);
            }
        }
    }

    /** Two kinds may share an index. */
    private boolean same(int before, int from) {
        for (int i = 0; i < PREFIX; i++) {
            if (batch[before + i] != batch[from + i]) {
                return false;
            }
        }
        return true;
    }

    private void distance(int distance) {
        int beyond = distance - 1;
        int extra = Math.max(0, 30 - Integer.numberOfLeadingZeros(beyond));
        int symbol = 2 * extra + (beyond >>> extra);
        put(DISTANCE_CODES[symbol], DISTANCE_LENGTHS[symbol]);
        put(beyond & (1 << extra) - 1, extra);
    }

    private void put(int value, int count) {
        bits |= (long) value << bitCount;
        bitCount += count;
        if (bitCount > 40) {
            flush();
        }
    }

    private void flush() {
        LONG.set(out, size, bits);
        int whole = bitCount >>> 3;
        size += whole;
        bits >>>= 8 * whole;
        bitCount &= 7;
    }

    /**
     * Short for what every event has, the rest nearly alike: numbers of all sizes. The sum of
     * 2^-length is 1, as it must be.
     */
    private static byte[] codeLengths() {
        byte[] lengths = new byte[REPEAT_PREFIX + 1];
        Arrays.fill(lengths, 0, END_OF_BLOCK + 1, (byte) 9);
        Arrays.fill(lengths, 0, 97, (byte) 8);
        lengths[PerfettoFormat.PACKET_TIMESTAMP << 3] = 4;
        lengths[REPEAT_PREFIX] = 2;
        return lengths;
    }

    /** Short for distances of one to ten events; those below a prefix do not occur. */
    private static byte[] distanceLengths() {
        return new byte[] {
            0, 0, 0, 0, 0, 0, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9
        };
    }

    /** The codes that RFC 1951 gives to symbols of these lengths, first bit lowest. */
    private static int[] codes(byte[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length < 16; length++) {
            code <<= 1;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = reversed(code++, length);
                }
            }
        }
        return codes;
    }

    private static int reversed(int code, int length) {
        return length == 0 ? 0 : Integer.reverse(code) >>> 32 - length;
    }
}
