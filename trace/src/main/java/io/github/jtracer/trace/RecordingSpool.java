package io.github.jtracer.trace;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Copies a raw recording out of a stream that may go on after it. */
public final class RecordingSpool {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Copies up to the end of the recording's last section, and no byte further if {@code in} does
     * not read ahead.
     *
     * @return how many bytes it has
     * @throws RecordingException if the stream ends before the recording does, or is none; what
     *     came before has been written and can be salvaged
     */
    public static long copy(InputStream in, OutputStream out) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            long magic = data.readLong();
            if (magic >>> 8 != RecordingFormat.MAGIC >>> 8) {
                throw new RecordingException(
                        "What came is not a jtracer recording",
                        "Use the same version of jtracer on both sides");
            }
            out.write(ByteBuffer.allocate(Long.BYTES).putLong(magic).array());
            long total = Long.BYTES;
            byte type;
            do {
                data.readFully(buffer, 0, 5);
                type = buffer[0];
                int length = ByteBuffer.wrap(buffer).getInt(1);
                if (length < 0) {
                    throw RecordingException.damaged("a section has a negative length");
                }
                out.write(buffer, 0, 5);
                for (int left = length; left > 0; ) {
                    int count = data.read(buffer, 0, Math.min(left, BUFFER_BYTES));
                    if (count < 0) {
                        throw new EOFException();
                    }
                    out.write(buffer, 0, count);
                    left -= count;
                }
                total += 5 + length;
            } while (type != RecordingFormat.END);
            return total;
        } catch (EOFException e) {
            throw RecordingException.damaged("it is cut off");
        } finally {
            out.flush();
        }
    }

    private RecordingSpool() {}
}
