package io.github.jtracer.core.weave;

import java.util.Arrays;

/** Bytes in the order of class files, big end first, that grow and can be corrected. */
final class ByteOutput {
    private static final int MAX_UTF8 = 0xFFFF;

    private byte[] bytes;
    private int size;

    ByteOutput(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void u1(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void u2(int value) {
        reserve(2);
        bytes[size] = (byte) (value >> 8);
        bytes[size + 1] = (byte) value;
        size += 2;
    }

    void i4(int value) {
        reserve(4);
        bytes[size] = (byte) (value >> 24);
        bytes[size + 1] = (byte) (value >> 16);
        bytes[size + 2] = (byte) (value >> 8);
        bytes[size + 3] = (byte) value;
        size += 4;
    }

    void put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /**
     * Length and characters of a constant. JVMS 4.4.7.
     *
     * @throws IllegalArgumentException if it is too long for one
     */
    void modifiedUtf8(String text) {
        int begin = size;
        u2(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != 0 && c < 0x80) {
                u1(c);
            } else if (c < 0x800) {
                u1(0xC0 | c >> 6);
                u1(0x80 | c & 0x3F);
            } else {
                u1(0xE0 | c >> 12);
                u1(0x80 | c >> 6 & 0x3F);
                u1(0x80 | c & 0x3F);
            }
        }
        int length = size - begin - 2;
        if (length > MAX_UTF8) {
            throw new IllegalArgumentException("a string of " + length + " bytes");
        }
        setU2(begin, length);
    }

    void setU2(int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    void setI4(int at, int value) {
        setU2(at, value >> 16);
        setU2(at + 2, value);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
