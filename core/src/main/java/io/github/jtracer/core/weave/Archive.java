package io.github.jtracer.core.weave;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip file, or one that lies uncompressed in another: the jars in a Spring Boot jar. APPNOTE 4.3.
 *
 * <p>The JDK reads no zip file inside another without unpacking it. Thread-safe.
 */
final class Archive {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_COUNT = 10;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int ENTRY_BYTES = 46;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** A value that stands in a zip64 record; such files are left to others. */
    private static final int ELSEWHERE = -1;

    private static final int MAX_CLASS_BYTES = 1 << 26;
    private static final String VERSIONS = "META-INF/versions/";

    /** More than an entry's local header mostly has beyond what the directory says. */
    private static final int USUAL_EXTRA = 64;

    private record Entry(int method, long compressed, long size, long local, int nameBytes) {}

    private final FileChannel file;
    private final long begin;
    private final Map<String, Entry> entries = new HashMap<>();
    private boolean versioned;

    private Archive(FileChannel file, long begin) {
        this.file = file;
        this.begin = begin;
    }

    /**
     * @throws IOException if it is not a zip file, or one of more than 4 GB or 65,535 entries
     */
    static Archive of(FileChannel file, long begin, long length) throws IOException {
        Archive archive = new Archive(file, begin);
        archive.readDirectory(length);
        return archive;
    }

    private void readDirectory(long length) throws IOException {
        int tail = (int) Math.min(length, END_BYTES + MAX_COMMENT);
        ByteBuffer end = read(length - tail, tail);
        int at = tail - END_BYTES;
        while (at >= 0 && end.getInt(at) != END_SIGNATURE) {
            at--;
        }
        if (at < 0) {
            throw new IOException("no zip file");
        }
        int size = end.getInt(at + END_COUNT + 2);
        int offset = end.getInt(at + END_COUNT + 6);
        if (size < 0 || offset == ELSEWHERE) {
            throw new IOException("a zip file of a kind that is not read here");
        }
        // What was put before the zip file, a shell script perhaps, moves all that is in it.
        long moved = length - tail + at - size - Integer.toUnsignedLong(offset);
        ByteBuffer directory = read(Integer.toUnsignedLong(offset) + moved, size);
        for (int entry = 0; entry + ENTRY_BYTES <= size; ) {
            entry = readEntry(directory, entry, moved);
        }
    }

    private int readEntry(ByteBuffer directory, int at, long moved) throws IOException {
        int nameBytes = u2(directory, at + 28);
        int next = at + ENTRY_BYTES + nameBytes + u2(directory, at + 30) + u2(directory, at + 32);
        if (directory.getInt(at) != ENTRY_SIGNATURE || next > directory.limit()) {
            throw new IOException("a damaged zip file");
        }
        String name =
                new String(directory.array(), at + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
        entries.put(
                name,
                new Entry(
                        u2(directory, at + 10),
                        Integer.toUnsignedLong(directory.getInt(at + 20)),
                        Integer.toUnsignedLong(directory.getInt(at + 24)),
                        Integer.toUnsignedLong(directory.getInt(at + 42)) + moved,
                        nameBytes));
        versioned |= name.startsWith(VERSIONS);
        return next;
    }

    /** An entry that is a zip file itself and lies there uncompressed. */
    Archive nested(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null || entry.method != STORED) {
            throw new IOException("no archive in the archive: " + name);
        }
        return of(file, begin + data(entry), entry.size);
    }

    /** An entry's bytes, of the newest version that is for this JVM; null if there is none. */
    byte[] read(String name) throws IOException {
        Entry entry = null;
        for (int version = Runtime.version().feature(); versioned && version > 8; version--) {
            entry = entry == null ? entries.get(VERSIONS + version + "/" + name) : entry;
        }
        entry = entry == null ? entries.get(name) : entry;
        return entry == null ? null : read(entry);
    }

    private byte[] read(Entry entry) throws IOException {
        if (entry.size > MAX_CLASS_BYTES || entry.compressed > MAX_CLASS_BYTES) {
            throw new IOException("too large");
        }
        ByteBuffer data = data(entry, (int) entry.compressed);
        byte[] all = new byte[(int) entry.size];
        if (entry.method == STORED) {
            data.get(all);
            return all;
        }
        if (entry.method != DEFLATED) {
            throw new IOException("compressed in a way that is not read here");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(data);
            if (inflater.inflate(all) != all.length) {
                throw new IOException("a damaged zip file");
            }
            return all;
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            inflater.end();
        }
    }

    /** An entry's data, mostly by one reading, together with the header that says where it is. */
    private ByteBuffer data(Entry entry, int length) throws IOException {
        int guess = LOCAL_BYTES + entry.nameBytes + USUAL_EXTRA + length;
        ByteBuffer read = ByteBuffer.allocate(guess).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining()
                && entry.local >= 0
                && file.read(read, begin + entry.local + read.position()) > 0) {
            // More of it; behind the last entry's data there is the directory.
        }
        int from = LOCAL_BYTES + u2(read, 26) + u2(read, 28);
        return from + length <= read.position()
                ? read.slice(from, length)
                : read(entry.local + from, length);
    }

    /** Where an entry's data begins: the lengths before it may differ from the directory's. */
    private long data(Entry entry) throws IOException {
        ByteBuffer local = read(entry.local, LOCAL_BYTES);
        return entry.local + LOCAL_BYTES + u2(local, 26) + u2(local, 28);
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (at < 0 || file.read(bytes, begin + at + bytes.position()) < 0) {
                throw new IOException("a damaged zip file");
            }
        }
        return bytes.flip();
    }

    private static int u2(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
