package io.github.jtracer.formats;

import io.github.jtracer.trace.RecordingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the numbers and strings of one column. */
final class ColumnInput {
    private final byte[] bytes;
    private int at;
    private final int end;

    ColumnInput(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    long number() throws RecordingException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == end) {
                throw damaged();
            }
            byte b = bytes[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    long signed() throws RecordingException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    int small() throws RecordingException {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) value;
    }

    double real() throws RecordingException {
        if (end - at < Long.BYTES) {
            throw damaged();
        }
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return Double.longBitsToDouble(bits);
    }

    String string() throws RecordingException {
        int length = length();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    Map<String, String> pairs() throws RecordingException {
        int count = small();
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = string();
            pairs.put(key, string());
        }
        return pairs;
    }

    ColumnInput column() throws RecordingException {
        int length = length();
        at += length;
        return new ColumnInput(bytes, at - length, at);
    }

    private int length() throws RecordingException {
        int length = small();
        if (length > end - at) {
            throw damaged();
        }
        return length;
    }

    static RecordingException damaged() {
        return new RecordingException("The page's trace is damaged", "Write it again");
    }
}
