package io.github.jtracer.formats;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of slices, put away until these are shown; most of them in a temporary file. */
final class ArgumentStore implements Closeable {
    private static final int BLOCK = 1 << 18;

    private final Spill spill = new Spill();
    private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(tail);
    private long spilled;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    /** Returns where they are; 0 for none. */
    long add(Map<String, String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            return 0;
        }
        if (tail.size() >= BLOCK) {
            spill.append(ByteBuffer.wrap(tail.toByteArray()));
            spilled += tail.size();
            tail.reset();
        }
        long position = spilled + tail.size();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream text = new DataOutputStream(bytes);
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            write(text, argument.getKey());
            write(text, argument.getValue());
        }
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        return position + 1;
    }

    /** What was put there. */
    Map<String, String> get(long place) throws IOException {
        if (place == 0) {
            return Map.of();
        }
        long position = place - 1;
        int length = at(position, Integer.BYTES).getInt();
        ByteBuffer bytes = at(position + Integer.BYTES, length);
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int end = bytes.position() + length; bytes.position() < end; ) {
            String key = read(bytes);
            arguments.put(key, read(bytes));
        }
        return arguments;
    }

    @Override
    public void close() throws IOException {
        spill.close();
    }

    /** The window, moved if need be, at that position and with so many bytes. */
    private ByteBuffer at(long position, int length) throws IOException {
        long offset = position - windowStart;
        if (offset < 0 || offset + length > window.limit()) {
            if (position >= spilled) {
                window = ByteBuffer.wrap(tail.toByteArray());
                windowStart = spilled;
            } else {
                long size = Math.min(Math.max(BLOCK, length), spilled - position);
                window = ByteBuffer.allocate((int) size);
                windowStart = position;
                spill.read(position, window);
                window.flip();
            }
        }
        return window.position((int) (position - windowStart));
    }

    private static void write(DataOutputStream text, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        text.writeInt(bytes.length);
        text.write(bytes);
    }

    private static String read(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
