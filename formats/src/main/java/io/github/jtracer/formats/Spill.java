package io.github.jtracer.formats;

import io.github.jtracer.trace.RecordingException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A temporary file for what is too much for memory, made when it is first needed. */
final class Spill implements Closeable {
    private @Nullable FileChannel channel;

    /**
     * Writes at the file's end.
     *
     * @throws RecordingException if the temporary folder is full or cannot be written to
     */
    void append(ByteBuffer bytes) throws IOException {
        try {
            if (channel == null) {
                Path file = Files.createTempFile("jtracer-", ".spill");
                channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE);
            }
            long at = channel.size();
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new RecordingException(
                    "The folder "
                            + System.getProperty("java.io.tmpdir")
                            + " has no room for a trace of this size ("
                            + e.getMessage()
                            + ")",
                    "Name another: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/a/larger/folder");
        }
    }

    /** Fills what remains of the buffer from there. */
    void read(long position, ByteBuffer bytes) throws IOException {
        if (channel == null) {
            throw new EOFException();
        }
        long at = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                throw new EOFException();
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
