package io.github.jtracer.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes pieces of JSON as UTF-8 bytes, without a string in between where it matters. Text goes out
 * raw, never as escaped surrogates, which Perfetto refuses; a lone surrogate becomes U+FFFD.
 */
final class JsonBytes {
    private static final int SIZE = 1 << 16;
    private static final int LONGEST_NUMBER = 24;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** "00" to "99", one after the other. */
    private static final byte[] DIGITS = digits();

    private final OutputStream out;
    private final byte[] buffer = new byte[SIZE];
    private final byte[] number = new byte[LONGEST_NUMBER];
    private int used;

    JsonBytes(OutputStream out) {
        this.out = out;
    }

    /** The bytes that {@code text} would write between its quotes. */
    static byte[] quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append((char) HEX[c >> 4]).append((char) HEX[c & 15]);
            } else if (!Character.isSurrogate(c)) {
                text.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                text.append(c).append(value.charAt(++i));
            } else {
                text.append('\uFFFD');
            }
        }
        return text.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    JsonBytes ascii(String literal) throws IOException {
        return raw(literal.getBytes(StandardCharsets.ISO_8859_1));
    }

    JsonBytes string(String value) throws IOException {
        return raw(quoted(value));
    }

    JsonBytes raw(byte[] bytes) throws IOException {
        if (bytes.length > SIZE - used) {
            flushBuffer();
            if (bytes.length > SIZE) {
                out.write(bytes);
                return this;
            }
        }
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
        return this;
    }

    JsonBytes number(long value) throws IOException {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        room();
        digits(value);
        return this;
    }

    /** A number as JSON has them; NaN and infinities, which it has not, become null. */
    JsonBytes number(double value) throws IOException {
        return ascii(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    /** Nanoseconds, not negative, as microseconds with three decimals. */
    JsonBytes micros(long nanos) throws IOException {
        room();
        long whole = nanos / 1000;
        int part = (int) (nanos - whole * 1000);
        digits(whole);
        buffer[used] = '.';
        buffer[used + 1] = (byte) ('0' + part / 100);
        int rest = part % 100 * 2;
        buffer[used + 2] = DIGITS[rest];
        buffer[used + 3] = DIGITS[rest + 1];
        used += 4;
        return this;
    }

    void flush() throws IOException {
        flushBuffer();
        out.flush();
    }

    private void digits(long value) {
        int at = LONGEST_NUMBER;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100) * 2;
            number[--at] = DIGITS[pair + 1];
            number[--at] = DIGITS[pair];
            rest = quotient;
        }
        int small = (int) rest;
        while (small >= 10) {
            int quotient = small / 100;
            int pair = (small - quotient * 100) * 2;
            number[--at] = DIGITS[pair + 1];
            number[--at] = DIGITS[pair];
            small = quotient;
        }
        if (small > 0 || at == LONGEST_NUMBER) {
            number[--at] = (byte) ('0' + small);
        }
        int length = LONGEST_NUMBER - at;
        System.arraycopy(number, at, buffer, used, length);
        used += length;
    }

    private void room() throws IOException {
        if (SIZE - used < 2 * LONGEST_NUMBER) {
            flushBuffer();
        }
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    private static byte[] digits() {
        byte[] digits = new byte[200];
        for (int i = 0; i < 100; i++) {
            digits[2 * i] = (byte) ('0' + i / 10);
            digits[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return digits;
    }
}
