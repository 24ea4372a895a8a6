package io.github.jtracer.cli;

import io.github.jtracer.trace.RecordingFormat;
import io.github.jtracer.trace.RecordingOutput;
import io.github.jtracer.trace.TracedMethod;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * An agent that records nothing and says what an agent says, so that the command can be tried with
 * agents in every state. The target's system property {@code fake} chooses which.
 */
public final class FakeAgent {
    private static final int CALLS = 3;

    private final String behaviour = System.getProperty("fake", "fresh");
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean stopped;

    private FakeAgent(SocketChannel channel) {
        in = new DataInputStream(new In(channel));
        out = new DataOutputStream(new Out(channel));
    }

    /** What the JVM calls. */
    public static void agentmain(String arguments) throws Exception {
        if (System.getProperty("fake", "").equals("mute")) {
            return;
        }
        String path = arguments.substring("connect=".length());
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(() -> new FakeAgent(channel).talk(), "fake agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void talk() {
        try {
            String state =
                    List.of("installed", "recording", "kept").contains(behaviour)
                            ? behaviour
                            : "fresh";
            send(
                    Messages.HELLO,
                    "state",
                    state,
                    "startedBy",
                    "cli (somebody, pid 1)",
                    "since",
                    "2026-01-02T03:04:05Z",
                    "settings",
                    "include=com.acme.**");
            while (true) {
                answer(Message.read(in));
            }
        } catch (IOException e) {
            log("gone");
        }
    }

    private void answer(Message message) throws IOException {
        log(message.type() + " " + message.fields());
        switch (message.type()) {
            case Messages.START -> start(message);
            case Messages.STOP -> stopped("command");
            case Messages.SAVE -> stopped("kept");
            case Messages.STATUS -> send(Messages.STATUS, "state", "installed");
            default -> send(Messages.DONE, "uninstalled", "true");
        }
    }

    private void start(Message start) throws IOException {
        if (behaviour.equals("usage")) {
            send(
                    Messages.ERROR,
                    "code",
                    "usage",
                    "what",
                    "No such pattern.",
                    "todo",
                    "Try another.");
            return;
        }
        send(
                Messages.WOVEN,
                "scope",
                "the application (com.acme)",
                "classes",
                "2",
                "methods",
                "7",
                "trivial",
                "3",
                "skipped",
                "0",
                "millis",
                "12",
                "pauseMillis",
                "4");
        send(Messages.PROGRESS, "millis", "1", "calls", "1", "threads", "1", "lost", "0");
        if (behaviour.equals("dies")) {
            Runtime.getRuntime().halt(9);
        }
        if (behaviour.equals("exits")) {
            stopped("exit");
        } else if (!start.get("seconds").isEmpty()) {
            stopped("time");
        }
    }

    private synchronized void stopped(String reason) throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        send(
                Messages.STOPPED,
                "reason",
                reason,
                "calls",
                "" + CALLS,
                "threads",
                "1",
                "lost",
                "0",
                "millis",
                "1000");
        stopped = !behaviour.equals("kept");
        send(Messages.RECORDING);
        byte[] recording = recording();
        if (behaviour.equals("dies while saving")) {
            out.write(recording, 0, recording.length - 20);
            out.flush();
            Runtime.getRuntime().halt(9);
        }
        out.write(recording);
        out.flush();
    }

    private byte[] recording() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordingOutput recording = new RecordingOutput(bytes);
        recording.header(
                Map.of(
                        RecordingFormat.HEADER_BYTE_ORDER,
                        java.nio.ByteOrder.nativeOrder().toString(),
                        RecordingFormat.HEADER_CLOCK,
                        "nano",
                        RecordingFormat.HEADER_START_TICKS,
                        "0",
                        RecordingFormat.HEADER_START_NANOS,
                        "0",
                        RecordingFormat.HEADER_STOP_TICKS,
                        "1000000",
                        RecordingFormat.HEADER_STOP_NANOS,
                        "1000000",
                        RecordingFormat.HEADER_START_EPOCH_NANOS,
                        "1700000000000000000",
                        RecordingFormat.HEADER_PID,
                        "" + ProcessHandle.current().pid()));
        recording.methods(
                List.of(new TracedMethod(1, "com.acme.Order", "total", "()V", "Order.java", 7)));
        recording.thread(1, 0, "main");
        if (behaviour.equals("loses")) {
            recording.lost(1, 5, 5, 0, 0);
        }
        long[] words = new long[2 * CALLS];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) (1000 * i) << 22 | 1 << 2 | i % 2;
        }
        recording.chunk(1, 1, 1, 0, words, words.length);
        recording.end(Map.of(RecordingFormat.END_CHUNKS, "1"));
        return bytes.toByteArray();
    }

    private void send(String type, String... fields) throws IOException {
        Message.of(type, fields).write(out);
    }

    /** What the command said, for the test to read. */
    private static void log(String line) {
        String file = System.getProperty("fake.log");
        if (file == null) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

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
