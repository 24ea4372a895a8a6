package io.github.jtracer.trace;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes a raw recording as {@link RecordingFormat} describes it, section by section.
 *
 * <p>Made to run in the target: it allocates three small buffers and no more, except for a section
 * that is larger than these. Not safe for use by several threads.
 */
public final class RecordingOutput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int COPY_BYTES = 1 << 13;

    private final OutputStream out;
    private final byte[] copy = new byte[COPY_BYTES];
    private ByteBuffer section = ByteBuffer.allocate(BUFFER_BYTES);

    /** Starts a recording: the first bytes go out with the first section. */
    public RecordingOutput(OutputStream out) throws IOException {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
        section.putLong(RecordingFormat.MAGIC);
        emit(section.flip());
        section.clear();
    }

    /** First section; the keys are {@code RecordingFormat.HEADER_*}. */
    public void header(Map<String, String> fields) throws IOException {
        map(RecordingFormat.HEADER, fields);
    }

    /** The methods that events refer to, in as many sections as it takes. */
    public void methods(Iterable<TracedMethod> methods) throws IOException {
        begin();
        section.putInt(0);
        int count = 0;
        for (TracedMethod method : methods) {
            if (section.position() > BUFFER_BYTES / 2) {
                section.putInt(0, count);
                finish(RecordingFormat.METHODS);
                begin();
                section.putInt(0);
                count = 0;
            }
            room(4).putInt(method.id());
            string(method.className());
            string(method.name());
            string(method.descriptor());
            string(method.sourceFile());
            room(4).putInt(method.line());
            count++;
        }
        section.putInt(0, count);
        finish(RecordingFormat.METHODS);
    }

    /** A platform thread; flags are {@code RecordingFormat.THREAD_*}. */
    public void thread(long tid, int flags, String name) throws IOException {
        begin();
        section.putLong(tid).putInt(flags);
        string(name);
        finish(RecordingFormat.THREAD);
    }

    /** What a thread was inside at the start, innermost first. */
    public void stack(long tid, List<StackTraceElement> frames) throws IOException {
        begin();
        section.putLong(tid).putInt(frames.size());
        for (StackTraceElement frame : frames) {
            string(frame.getClassName());
            string(frame.getMethodName());
            room(4).putInt(Math.max(-1, frame.getLineNumber()));
        }
        finish(RecordingFormat.STACK);
    }

    /** What a carrier recorded and is not in its chunks. */
    public void lost(
            long carrier,
            long overwrittenEntries,
            long overwrittenExits,
            long noRoomEntries,
            long noRoomExits)
            throws IOException {
        begin();
        section.putLong(carrier).putLong(overwrittenEntries).putLong(overwrittenExits);
        section.putLong(noRoomEntries).putLong(noRoomExits);
        finish(RecordingFormat.LOST);
    }

    /**
     * A piece of a carrier's buffer.
     *
     * @param words its events as the probe stored them, in the machine's byte order
     */
    public void chunk(
            long carrier, long sequence, long currentThread, long baseTicks, ByteBuffer words)
            throws IOException {
        int count = words.remaining() / Long.BYTES;
        ByteBuffer bytes = words.duplicate().limit(words.position() + count * Long.BYTES);
        begin();
        section.putLong(carrier).putLong(sequence).putLong(currentThread).putLong(baseTicks);
        section.putInt(count);
        head(RecordingFormat.CHUNK, section.position() + bytes.remaining());
        emit(section.flip());
        emit(bytes);
    }

    /** As {@link #chunk(long, long, long, long, ByteBuffer)}, from an array. */
    public void chunk(
            long carrier,
            long sequence,
            long currentThread,
            long baseTicks,
            long[] words,
            int count)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(words, 0, count);
        chunk(carrier, sequence, currentThread, baseTicks, bytes);
    }

    /** Hands on what has been written so far. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Last section; flushes. */
    public void end(Map<String, String> fields) throws IOException {
        map(RecordingFormat.END, fields);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void map(byte type, Map<String, String> fields) throws IOException {
        begin();
        section.putInt(fields.size());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            string(field.getKey());
            string(field.getValue());
        }
        finish(type);
    }

    private void begin() {
        section.clear();
    }

    private void finish(byte type) throws IOException {
        head(type, section.position());
        emit(section.flip());
    }

    private void head(byte type, int length) throws IOException {
        copy[0] = type;
        copy[1] = (byte) (length >>> 24);
        copy[2] = (byte) (length >>> 16);
        copy[3] = (byte) (length >>> 8);
        copy[4] = (byte) length;
        out.write(copy, 0, 5);
    }

    private void emit(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(copy.length, bytes.remaining());
            bytes.get(copy, 0, count);
            out.write(copy, 0, count);
        }
    }

    private void string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        room(4 + bytes.length).putInt(bytes.length).put(bytes);
    }

    private ByteBuffer room(int bytes) {
        if (section.remaining() < bytes) {
            int size = Math.max(2 * section.capacity(), section.position() + bytes);
            section = ByteBuffer.allocate(size).put(section.flip());
        }
        return section;
    }
}
