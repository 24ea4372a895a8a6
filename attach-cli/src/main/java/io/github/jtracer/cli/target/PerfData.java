package io.github.jtracer.cli.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a HotSpot JVM publishes about itself in {@code hsperfdata_<user>/<pid>}, read without its
 * taking part.
 *
 * <p>Layout (version 2, hotspot/share/runtime/perfMemory.hpp): a prologue of 32 bytes with magic,
 * byte order, version, offset and number of entries; each entry has its length, the offsets of its
 * name and of its data, and a type. Only strings (arrays of bytes) and longs occur.
 */
final class PerfData {
    private static final int MAGIC = 0xCAFEC0C0;
    private static final int BYTE_ORDER_OFFSET = 4;
    private static final int MAJOR_OFFSET = 5;
    private static final int ENTRIES_OFFSET = 24;
    private static final int COUNT_OFFSET = 28;
    private static final int MAX_BYTES = 1 << 22;

    private final Map<String, String> values;

    private PerfData(Map<String, String> values) {
        this.values = values;
    }

    static PerfData read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("not a hsperfdata file: " + file);
        }
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (RuntimeException e) {
            // The JVM writes while we read, and anybody may put a file there.
            throw new IOException("not a hsperfdata file: " + file, e);
        }
    }

    /** A file that does not exist, or that nobody may read, says nothing. */
    static PerfData empty() {
        return new PerfData(Map.of());
    }

    String get(String name) {
        return values.getOrDefault(name, "");
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    private static PerfData parse(ByteBuffer data) throws IOException {
        if (data.getInt(0) != MAGIC || data.get(MAJOR_OFFSET) != 2) {
            throw new IOException("not a hsperfdata file that can be understood");
        }
        data.order(
                data.get(BYTE_ORDER_OFFSET) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, String> values = new HashMap<>();
        int offset = data.getInt(ENTRIES_OFFSET);
        for (int i = data.getInt(COUNT_OFFSET); i > 0 && offset + 20 <= data.limit(); i--) {
            int length = data.getInt(offset);
            int nameAt = offset + data.getInt(offset + 4);
            int vectorLength = data.getInt(offset + 8);
            int dataAt = offset + data.getInt(offset + 16);
            char type = (char) data.get(offset + 12);
            if (length <= 0) {
                break;
            }
            if (type == 'B' && vectorLength > 0) {
                values.put(
                        string(data, nameAt, offset + length),
                        string(data, dataAt, dataAt + vectorLength));
            } else if (type == 'J') {
                values.put(
                        string(data, nameAt, offset + length), Long.toString(data.getLong(dataAt)));
            }
            offset += length;
        }
        return new PerfData(values);
    }

    /** A zero ends it, or the limit does. */
    private static String string(ByteBuffer data, int from, int limit) {
        int end = from;
        while (end < limit && data.get(end) != 0) {
            end++;
        }
        return new String(data.array(), from, end - from, StandardCharsets.UTF_8);
    }
}
