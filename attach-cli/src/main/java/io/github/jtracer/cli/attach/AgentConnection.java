package io.github.jtracer.cli.attach;

import io.github.jtracer.trace.wire.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The open line to the agent: messages both ways, and the raw recording coming in.
 *
 * <p>One thread reads; any thread may send.
 */
public final class AgentConnection implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    AgentConnection(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(new In(channel), BUFFER_BYTES));
        this.out = new DataOutputStream(new BufferedOutputStream(new Out(channel)));
    }

    public Message read() throws IOException {
        return Message.read(in);
    }

    public void send(Message message) throws IOException {
        synchronized (out) {
            message.write(out);
        }
    }

    /** What comes in, behind the messages that were read; for the raw recording. */
    public DataInputStream stream() {
        return in;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It ends either way.
        }
    }

    // The streams of java.nio.channels.Channels share one lock for both directions in JDK 17:
    // while one thread waits for a message, no other could send one.

    private static final class In extends InputStream {
        private final SocketChannel channel;

        In(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static final class Out extends OutputStream {
        private final SocketChannel channel;

        Out(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
