package io.github.jtracer.probe;

import jdk.internal.misc.Unsafe;

/**
 * A chunk as the writer sees it. Valid until the recorder is freed.
 *
 * @param carrierId id of the platform thread that wrote it
 * @param sequence grows in the order in which chunks were begun
 * @param firstThreadId id of the thread that the first words belong to
 * @param base the clock when it was begun, in ticks
 * @param words how many words it has
 * @param address where they are
 */
public record Chunk(
        long carrierId, long sequence, long firstThreadId, long base, int words, long address) {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    static Chunk of(Buffer buffer, int index) {
        long header = buffer.address(index);
        return new Chunk(
                UNSAFE.getLong(header + ChunkHeader.CARRIER_ID),
                UNSAFE.getLong(header + ChunkHeader.SEQUENCE),
                UNSAFE.getLong(header + ChunkHeader.FIRST_THREAD_ID),
                UNSAFE.getLong(header + ChunkHeader.BASE),
                Math.toIntExact(buffer.words(index)),
                buffer.firstWord(index));
    }

    /**
     * Copies the words, in the byte order of this machine.
     *
     * @param target at least {@code words * 8} bytes
     */
    public void copyTo(byte[] target) {
        UNSAFE.copyMemory(null, address, target, ArrayLayout.BYTE_BASE, (long) words * Long.BYTES);
    }
}
