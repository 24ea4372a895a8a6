package io.github.jtracer.trace.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message between the command and the agent: a type and some fields.
 *
 * <p>Encoded as a string and a map of {@code RecordingFormat}: length and UTF-8. Either side treats
 * what it reads as hostile: lengths are bounded before anything is allocated.
 *
 * @param type one of the constants in {@link Messages}
 * @param fields what goes with it, in order
 */
public record Message(String type, Map<String, String> fields) {
    private static final int MAX_STRING_BYTES = 1 << 20;
    private static final int MAX_FIELDS = 1 << 10;

    public Message {
        fields = new LinkedHashMap<>(fields);
    }

    public static Message of(String type, String... keysAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Message(type, fields);
    }

    /** The field's value, or an empty string where the other side did not send it. */
    public String get(String key) {
        return fields.getOrDefault(key, "");
    }

    /** The field as a number, or {@code otherwise} where it is missing or not one. */
    public long getLong(String key, long otherwise) {
        try {
            return Long.parseLong(get(key));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Writes and flushes. */
    public void write(DataOutputStream out) throws IOException {
        writeString(out, type);
        out.writeInt(fields.size());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            writeString(out, field.getKey());
            writeString(out, field.getValue());
        }
        out.flush();
    }

    /**
     * Reads the next message.
     *
     * @throws java.io.EOFException if the other side has gone
     * @throws IOException if what came is no message
     */
    public static Message read(DataInputStream in) throws IOException {
        String type = readString(in);
        int count = in.readInt();
        if (count < 0 || count > MAX_FIELDS) {
            throw new IOException("not a jtracer message: " + count + " fields");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = readString(in);
            fields.put(key, readString(in));
        }
        return new Message(type, fields);
    }

    private static void writeString(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readString(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_STRING_BYTES) {
            throw new IOException("not a jtracer message: a string of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
