package io.github.jtracer.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the sections of a recording one after the other and trusts none of them: every length is
 * checked against what is left of the section, and that against what is left of the file.
 */
final class SectionInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private long bufferStart;
    private long sectionEnd;
    private boolean inSection;

    SectionInput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.sectionEnd = size;
    }

    long position() {
        return bufferStart + buffer.position();
    }

    long sectionRemaining() {
        return sectionEnd - position();
    }

    /** Goes to the next section and returns its type, or -1 at the end of the file. */
    int next() throws IOException {
        if (inSection) {
            seek(sectionEnd);
        }
        inSection = true;
        sectionEnd = size;
        if (position() == size) {
            return -1;
        }
        int type = readByte();
        int length = readInt();
        if (length < 0 || length > size - position()) {
            throw RecordingException.damaged("it ends in the middle of a section");
        }
        sectionEnd = position() + length;
        return type;
    }

    int readByte() throws IOException {
        return ensure(1).get();
    }

    int readInt() throws IOException {
        return ensure(Integer.BYTES).getInt();
    }

    long readLong() throws IOException {
        return ensure(Long.BYTES).getLong();
    }

    /** A count of things that take at least so many bytes each, and so is bounded by the file. */
    int readCount(int bytesEach) throws IOException {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > sectionRemaining()) {
            throw RecordingException.damaged("a section claims to hold more than it has room for");
        }
        return count;
    }

    String readString() throws IOException {
        int length = readCount(1);
        if (length <= BUFFER_BYTES) {
            ensure(length);
            String value =
                    new String(buffer.array(), buffer.position(), length, StandardCharsets.UTF_8);
            buffer.position(buffer.position() + length);
            return value;
        }
        byte[] bytes = new byte[length];
        ByteBuffer target = ByteBuffer.wrap(bytes);
        long at = position();
        readFully(channel, target, at);
        seek(at + length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Map<String, String> readMap() throws IOException {
        int count = readCount(2 * Integer.BYTES);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = readString();
            map.put(key, readString());
        }
        return map;
    }

    static void readFully(FileChannel channel, ByteBuffer target, long position)
            throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw RecordingException.damaged("it ends in the middle of a section");
            }
            at += count;
        }
    }

    private ByteBuffer ensure(int bytes) throws IOException {
        if (bytes > sectionRemaining()) {
            throw RecordingException.damaged("a section is shorter than what it should hold");
        }
        if (buffer.remaining() < bytes) {
            bufferStart = position();
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, size - bufferStart));
            readFully(channel, buffer, bufferStart);
            buffer.flip();
        }
        return buffer;
    }

    private void seek(long position) {
        long offset = position - bufferStart;
        if (offset >= 0 && offset <= buffer.limit()) {
            buffer.position((int) offset);
            return;
        }
        bufferStart = position;
        buffer.position(0).limit(0);
    }
}
