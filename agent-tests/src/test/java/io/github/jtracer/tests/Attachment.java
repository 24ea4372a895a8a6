package io.github.jtracer.tests;

import com.sun.tools.attach.VirtualMachine;
import io.github.jtracer.trace.RecordingSpool;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A command's end of the connection to an agent, without the command: says exactly what a test
 * wants said.
 */
final class Attachment implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Message hello;

    private Attachment(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
        this.hello = Message.read(in);
    }

    /** Has the target load the agent, and waits for its hello. */
    static Attachment to(Target target) {
        return to(target.pid());
    }

    static Attachment to(long pid) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("jtracer-test");
            Path socket = folder.resolve("s");
            try (ServerSocketChannel server =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                loadAgent(pid, "connect=" + socket);
                return new Attachment(server.accept());
            } finally {
                Files.deleteIfExists(socket);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void loadAgent(long pid, String arguments) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
            try {
                jvm.loadAgent(System.getProperty("jtracer.agent"), arguments);
            } finally {
                jvm.detach();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Message hello() {
        return hello;
    }

    /** Starts and waits until the probes are in. */
    Message start(String... keysAndValues) {
        say(Message.of(Messages.START, keysAndValues));
        return hear(Messages.WOVEN);
    }

    /** Stops, takes the recording over and says goodbye. */
    Trace stop() {
        say(Message.of(Messages.STOP));
        return receive();
    }

    /** Fetches what an earlier command left behind. */
    Trace fetch() {
        say(Message.of(Messages.SAVE));
        return receive();
    }

    /** Takes over what the agent sends by itself, or was asked for. */
    Trace receive() {
        Message stopped = hear(Messages.STOPPED);
        hear(Messages.RECORDING);
        try {
            Path file = Files.createTempFile("jtracer-test-", ".jtr");
            try (OutputStream file2 = Files.newOutputStream(file)) {
                RecordingSpool.copy(in, file2);
            }
            say(Message.of(Messages.SAVED));
            return Trace.of(file, stopped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Message ask(String type, String answer) {
        say(Message.of(type));
        return hear(answer);
    }

    void say(Message message) {
        try {
            message.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message, progress aside, which is of that type. */
    Message hear(String type) {
        Message message = hear();
        if (!message.type().equals(type)) {
            throw new IllegalStateException("instead of " + type + " it said " + message);
        }
        return message;
    }

    Message hear() {
        try {
            Message message;
            do {
                message = Message.read(in);
            } while (message.type().equals(Messages.PROGRESS));
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hears the goodbye and hangs up. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
