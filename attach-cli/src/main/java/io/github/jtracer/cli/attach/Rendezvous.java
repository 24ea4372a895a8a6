package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.target.Jvm;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The place where the agent finds the command that had it loaded: a Unix socket in a folder that
 * only the target's user can enter, where the target can see it.
 */
public final class Rendezvous implements Closeable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int POLL_MILLIS = 100;

    private final Jvm jvm;
    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;
    private boolean jarIsHere;

    private Rendezvous(Jvm jvm, Path folder, Path socket, ServerSocketChannel server) {
        this.jvm = jvm;
        this.folder = folder;
        this.socket = socket;
        this.server = server;
    }

    /** Prepares it; nothing of this touches the target. */
    public static Rendezvous prepare(Jvm jvm) {
        byte[] unguessable = new byte[8];
        RANDOM.nextBytes(unguessable);
        Path folder = jvm.temp().resolve("jtracer-" + HexFormat.of().formatHex(unguessable));
        try {
            Files.createDirectory(folder, ownerOnly(jvm));
            Path socket = folder.resolve("s");
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            OwnedBy.target(jvm, socket);
            OwnedBy.target(jvm, folder);
            return new Rendezvous(jvm, folder, socket, server);
        } catch (IOException e) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "The folder for temporary files of JVM "
                            + jvm.describe()
                            + " cannot be used: "
                            + e.getMessage()
                            + ".",
                    "Make " + jvm.temp() + " writable for its user.");
        }
    }

    /**
     * Has the target load the agent, and waits for it to come.
     *
     * @throws Problem if it does not come within the limit, or the target refuses or dies
     */
    public AgentConnection meet(AgentJar agent, Duration limit) {
        try {
            Path placed = agent.place(jvm, folder);
            jarIsHere = placed.startsWith(folder);
            String jar = jvm.inside(placed);
            Loading loading = Loading.begin(jvm, jar, "connect=" + jvm.inside(socket), limit);
            return new AgentConnection(accept(loading, limit));
        } catch (IOException e) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "JVM " + jvm.describe() + " cannot be reached: " + e.getMessage() + ".",
                    "Try again; with --verbose jtracer says more.");
        }
    }

    private SocketChannel accept(Loading loading, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.multipliedBy(2).toNanos();
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            loading.whenOver(selector::wakeup);
            while (true) {
                selector.select(POLL_MILLIS);
                selector.selectedKeys().clear();
                SocketChannel channel = server.accept();
                if (channel != null) {
                    loading.connected();
                    channel.configureBlocking(true);
                    return channel;
                }
                loading.throwIfFailed();
                if (Thread.interrupted()) {
                    throw new Problem(
                            ExitCode.INTERRUPTED, "Left before anything was recorded.", "");
                }
                if (System.nanoTime() > deadline) {
                    throw tooLate(loading.isOver(), limit.multipliedBy(2));
                }
            }
        }
    }

    private Problem tooLate(boolean loaded, Duration waited) {
        return new Problem(
                ExitCode.REFUSED,
                "JVM "
                        + jvm.describe()
                        + (loaded
                                ? " took the agent, which did not answer within "
                                : " did not load the agent within ")
                        + waited.toSeconds()
                        + " s: it is "
                        + (jvm.isPaused()
                                ? "paused (by SIGSTOP or a debugger)."
                                : "in a long pause of its own."),
                "Try again when it answers; should it load the agent later, that leaves by itself.");
    }

    /**
     * Takes the socket and its folder away. An agent that comes too late finds nothing, and leaves.
     */
    @Override
    public void close() {
        try {
            server.close();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (!jarIsHere || file.equals(socket)) {
                        Files.delete(file);
                    }
                }
            }
            if (!jarIsHere) {
                Files.delete(folder);
            }
        } catch (IOException e) {
            // The target has ended, and its /tmp with it.
        }
    }

    private static FileAttribute<?>[] ownerOnly(Jvm jvm) {
        return jvm.uid() < 0
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                };
    }
}
