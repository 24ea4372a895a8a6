package io.github.jtracer.core.weave;

import java.util.Arrays;

/** Bytes in the order of class files, big end first, that grow and can be corrected. */
final class ByteOutput {
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
