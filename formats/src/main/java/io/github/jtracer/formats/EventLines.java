package io.github.jtracer.formats;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the JSON that {@code ChromeJson} writes, an event a line, and knows the line of an
 * ordinary call by sight. All else is left to a parser.
 */
final class EventLines {
    private static final byte[] HEAD = ascii("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
    private static final byte[] CALL = ascii("{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"");
    private static final byte[] PID = ascii("\",\"pid\":");
    private static final byte[] TID = ascii(",\"tid\":");
    private static final byte[] TIME = ascii(",\"ts\":");
    private static final byte[] DURATION = ascii(",\"dur\":");
    private static final byte[] MORE = ascii("},\n");
    private static final byte[] LAST = ascii("}\n");

    /** Most lines are shorter. */
    private static final int ORDINARY = 1 << 10;

    private static final int LONGEST = 1 << 26;
    private static final int NAMES = 1 << 13;
    private static final int MAX_DIGITS = 15;

    /** What is in the file. */
    interface Visitor {
        void call(String name, long pid, long tid, long time, long duration) throws IOException;

        /** An event of any other kind, as JSON. */
        void event(byte[] bytes, int from, int length) throws IOException;
    }

    private final InputStream in;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private int at;

    /** Names of late, by a hash of their bytes. */
    private final byte[] @Nullable [] nameBytes = new byte[NAMES][];

    private final @Nullable String[] names = new @Nullable String[NAMES];

    private EventLines(InputStream in) {
        this.in = in;
    }

    /** Behind the head, if the stream begins as these files do; else null, and nothing is read. */
    static @Nullable EventLines of(InputStream in) throws IOException {
        in.mark(HEAD.length);
        if (Arrays.equals(in.readNBytes(HEAD.length), HEAD)) {
            return new EventLines(in);
        }
        in.reset();
        return null;
    }

    /**
     * Shows all events.
     *
     * @return what follows them, as an object
     * @throws EOFException if the file ends before
     */
    InputStream read(Visitor visitor) throws IOException {
        while (true) {
            if (end - start < ORDINARY) {
                fill();
            }
            if (call(visitor)) {
                continue;
            }
            int lineEnd = lineEnd();
            int to = lineEnd > start && buffer[lineEnd - 1] == ',' ? lineEnd - 1 : lineEnd;
            if (to - start == 1 && buffer[start] == ']') {
                start = lineEnd + 1;
                return new SequenceInputStream(
                        new ByteArrayInputStream(new byte[] {'{'}),
                        new SequenceInputStream(
                                new ByteArrayInputStream(buffer, start, end - start), in));
            }
            visitor.event(buffer, start, to - start);
            start = lineEnd + 1;
        }
    }

    /** Shows the line that begins at {@code start} if it is a call's and wholly in the buffer. */
    private boolean call(Visitor visitor) throws IOException {
        at = start;
        if (!skip(CALL)) {
            return false;
        }
        int from = at;
        int hash = 0;
        while (at < end && buffer[at] != '"') {
            if (buffer[at] == '\\') {
                return false;
            }
            hash = 31 * hash + buffer[at++];
        }
        int length = at - from;
        if (!skip(PID)) {
            return false;
        }
        long pid = number();
        if (pid < 0 || !skip(TID)) {
            return false;
        }
        long tid = number();
        if (tid < 0 || !skip(TIME)) {
            return false;
        }
        long time = nanos();
        if (time < 0 || !skip(DURATION)) {
            return false;
        }
        long duration = nanos();
        if (duration < 0 || !skip(MORE) && !skip(LAST)) {
            return false;
        }
        visitor.call(name(from, length, hash), pid, tid, time, duration);
        start = at;
        return true;
    }

    private boolean skip(byte[] expected) {
        int to = at + expected.length;
        if (to > end || !Arrays.equals(buffer, at, to, expected, 0, expected.length)) {
            return false;
        }
        at = to;
        return true;
    }

    /** Negative if there is none. */
    private long number() {
        int from = at;
        long value = 0;
        while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
            value = 10 * value + buffer[at++] - '0';
        }
        return at == from || at - from > MAX_DIGITS ? -1 : value;
    }

    /** Microseconds with three decimals; negative if it is something else. */
    private long nanos() {
        long micros = number();
        if (micros < 0 || at >= end || buffer[at++] != '.') {
            return -1;
        }
        int from = at;
        long nanos = number();
        return at - from == 3 ? 1_000 * micros + nanos : -1;
    }

    private String name(int from, int length, int hash) {
        int index = (hash ^ hash >>> 15) & NAMES - 1;
        byte[] known = nameBytes[index];
        String name = names[index];
        if (known == null
                || name == null
                || !Arrays.equals(known, 0, known.length, buffer, from, from + length)) {
            known = Arrays.copyOfRange(buffer, from, from + length);
            name = new String(known, StandardCharsets.UTF_8);
            nameBytes[index] = known;
            names[index] = name;
        }
        return name;
    }

    /** Where the line that begins at {@code start} ends; reads more if need be. */
    private int lineEnd() throws IOException {
        int length = 0;
        while (true) {
            for (; start + length < end; length++) {
                if (buffer[start + length] == '\n') {
                    return start + length;
                }
            }
            if (!fill()) {
                throw new EOFException();
            }
        }
    }

    /** Reads more behind what is left; returns false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw new EOFException(); // not by lines, whatever it is
            }
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int count = in.readNBytes(buffer, end, buffer.length - end);
        end += count;
        return count > 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
