package io.github.jtracer.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing piece of bytes, written as numbers of 7 bits a byte, lowest first. */
final class VarBytes {
    byte[] bytes;
    int size;

    VarBytes(int capacity) {
        bytes = new byte[capacity];
    }

    void unsigned(long value) {
        if (bytes.length - size < 10) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + 10);
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Small numbers of either sign in few bytes. */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    private void oneByte(int value) {
        if (bytes.length == size) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + 10);
        }
        bytes[size++] = (byte) value;
    }

    void littleEndian(long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            oneByte((int) (value >>> 8 * i));
        }
    }

    void string(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        unsigned(text.length);
        raw(text, text.length);
    }

    void raw(byte[] source, int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + length);
        }
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    void column(VarBytes column) {
        unsigned(column.size);
        raw(column.bytes, column.size);
    }

    void clear() {
        size = 0;
    }
}
