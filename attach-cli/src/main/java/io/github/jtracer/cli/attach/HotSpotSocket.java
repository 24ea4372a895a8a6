package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HotSpot's attach protocol on Linux, spoken directly (hotspot/os/posix/attachListener_posix.cpp).
 *
 * <p>To open the door, a file {@code .attach_pid<pid>} is put into the JVM's {@code /tmp} and the
 * JVM is sent SIGQUIT; it then listens on {@code .java_pid<pid>}, and goes on doing so. A request
 * is the protocol's version, a command and three arguments, each with a zero behind; the answer is
 * a number on a line, text, and the end of the stream.
 *
 * <p>The JDK's own client needs the module {@code jdk.attach}, knocks at processes that are no JVMs
 * (before JDK 22), and looks for the socket in the wrong place where only the mount namespace
 * differs.
 */
final class HotSpotSocket implements Attach {
    private static final String PROTOCOL = "1";
    private static final Duration PATIENCE = Duration.ofMillis(10);
    private static final Duration POLL = Duration.ofMillis(2);

    @Override
    public void loadAgent(Jvm jvm, String jar, String arguments, Duration limit) {
        String answer;
        try (SocketChannel channel = open(jvm, limit)) {
            send(channel, "load", "instrument", "false", jar + "=" + arguments);
            answer = receive(channel);
        } catch (IOException e) {
            throw refused(jvm, "broke off: " + e.getMessage());
        }
        check(jvm, answer);
    }

    @Override
    public String systemProperty(Jvm jvm, String name) {
        try (SocketChannel channel = open(jvm, PATIENCE)) {
            send(channel, "properties", "", "", "");
            String answer = receive(channel);
            Properties properties = new Properties();
            properties.load(new StringReader(answer.substring(answer.indexOf('\n') + 1)));
            return properties.getProperty(name, "");
        } catch (IOException | IllegalArgumentException | Problem e) {
            return "";
        }
    }

    private static SocketChannel open(Jvm jvm, Duration limit) throws IOException {
        Path socket = jvm.temp().resolve(".java_pid" + jvm.namespacePid());
        SocketChannel channel = tryConnect(socket);
        if (channel != null) {
            return channel;
        }
        removeLeftover(socket);
        Path knock = jvm.temp().resolve(".attach_pid" + jvm.namespacePid());
        createFor(jvm, knock);
        knock(jvm);
        channel = await(jvm, socket, limit);
        // Not in a finally: a JVM that gets to its SIGQUIT later and does not find this file takes
        // it for a request to print its threads, into the application's log.
        Files.deleteIfExists(knock);
        return channel;
    }

    /**
     * Nobody listens there: a JVM that had the same pid, and was killed, left it behind. If that
     * was another user's, the JVM cannot replace it itself; root can remove it.
     */
    private static void removeLeftover(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // Not ours to remove: the JVM may be able to.
        }
    }

    private static void knock(Jvm jvm) throws IOException {
        // The last look before the signal: is this still the JVM that was found?
        if (!jvm.isAlive()) {
            throw gone(jvm);
        }
        Jvms.attachable(jvm.pid());
        Signals.send(jvm.pid(), "QUIT");
    }

    private static SocketChannel await(Jvm jvm, Path socket, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean late;
        do {
            // Looked at before the look at the door: this command may have been paused itself.
            late = System.nanoTime() >= deadline;
            SocketChannel channel = tryConnect(socket);
            if (channel != null) {
                return channel;
            }
            if (!jvm.isAlive()) {
                throw gone(jvm);
            }
            pause();
        } while (!late);
        throw new Problem(
                ExitCode.REFUSED,
                "JVM "
                        + jvm.describe()
                        + " did not open its attach socket within "
                        + limit.toSeconds()
                        + " s: it is "
                        + (jvm.isPaused()
                                ? "paused (by SIGSTOP or a debugger)."
                                : "in a long pause of its own."),
                "Try again when it answers; nothing in it was changed. A JVM whose socket was deleted"
                        + " from /tmp is deaf after a `kill -3`, until it is restarted.");
    }

    private static void createFor(Jvm jvm, Path knock) throws IOException {
        try {
            Files.createFile(knock);
        } catch (FileAlreadyExistsException e) {
            // Another client knocks at this moment, or one died doing so.
        }
        // The JVM believes only in a file of its own user (or root, as it sees root).
        OwnedBy.target(jvm, knock);
    }

    /** A socket file without anyone listening is one that a JVM of the same pid left behind. */
    private static @Nullable SocketChannel tryConnect(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return null;
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            return null;
        }
    }

    private static void send(SocketChannel channel, String... words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(zeroTerminated(PROTOCOL));
        for (String word : words) {
            request.writeBytes(zeroTerminated(word));
        }
        ByteBuffer bytes = ByteBuffer.wrap(request.toByteArray());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] zeroTerminated(String word) {
        return (word + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static String receive(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (channel.read(buffer.clear()) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** {@code 0}, and {@code return code: 0} from the loading of the agent, mean yes. */
    private static void check(Jvm jvm, String answer) {
        String text = answer.strip();
        String[] lines = text.split("\\R");
        boolean loaded =
                lines[0].equals("0")
                        && (lines.length == 1
                                || lines[1].equals("0")
                                || lines[1].equals("return code: 0"));
        if (text.contains("Module java.instrument not found")) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "JVM "
                            + jvm.describe()
                            + " cannot load agents: its Java has no module java.instrument.",
                    "Run it on a whole JRE, or link its image with `jlink --add-modules"
                            + " java.instrument,...`.");
        }
        if (!loaded) {
            throw refused(
                    jvm,
                    switch (lines[lines.length - 1]) {
                        case "" -> "answered nothing";
                        case "return code: 100" -> "could not read the agent's jar";
                        case "return code: 102" -> "ran the agent, which failed";
                        default -> "answered \"" + text.replaceAll("\\R", " ") + "\"";
                    });
        }
    }

    private static Problem refused(Jvm jvm, String how) {
        return jvm.isAlive()
                ? new Problem(
                        ExitCode.REFUSED,
                        "JVM " + jvm.describe() + " did not load the agent: it " + how + ".",
                        "Start it with -javaagent:jtracer-agent.jar instead.")
                : gone(jvm);
    }

    private static Problem gone(Jvm jvm) {
        return new Problem(
                ExitCode.TARGET_DIED,
                "JVM " + jvm.describe() + " ended before it could be attached to.",
                "Nothing was recorded.");
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
