package io.github.jtracer.cli;

import io.github.jtracer.JTracer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real JVM in a process of its own that runs {@link Shop}; killed when the test is over. */
final class Target implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Path errors;

    private Target(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        this.in = new OutputStreamWriter(process.getOutputStream());
    }

    /** With the JDK that runs the tests. */
    static Target start(String... jvmOptions) throws IOException {
        return start(List.of(), Jdks.running(), jvmOptions);
    }

    static Target start(Path javaHome) throws IOException {
        return start(List.of(), javaHome);
    }

    /**
     * @param prefix a command that runs the JVM, such as {@code setpriv ...}
     * @param javaHome the JDK
     */
    static Target start(List<String> prefix, Path javaHome, String... jvmOptions)
            throws IOException {
        return start(prefix, javaHome, classes().toString(), Shop.class, jvmOptions);
    }

    /** One that has opened a jar before it finds its own classes. */
    static Target startWithJar(List<String> prefix, Path javaHome) throws IOException {
        return start(prefix, javaHome, locationOf(Nullable.class) + ":" + classes(), Shop.class);
    }

    /** One that has installed the tracer; it saves in the given folder. */
    static Target installed(Path javaHome, Path folder) throws IOException {
        return start(
                List.of(),
                javaHome,
                classes() + ":" + locationOf(JTracer.class) + ":" + locationOf(Nullable.class),
                InstalledShop.class,
                "-Dfolder=" + folder);
    }

    /** One that serves customers. */
    static Target loaded(Path javaHome) throws IOException {
        return start(List.of(), javaHome, classes().toString(), LoadedShop.class);
    }

    private static Target start(
            List<String> prefix,
            Path javaHome,
            String classPath,
            Class<?> main,
            String... jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", classPath, main.getName()));
        Path errors = Files.createTempFile("target", ".err");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        Target target = new Target(process, errors);
        if (!"open".equals(target.out.readLine())) {
            throw new IOException("the target did not start: " + Files.readString(errors));
        }
        return target;
    }

    /**
     * In mount and pid namespaces of its own, with a {@code /tmp} of its own.
     *
     * @param last shell words before the JVM's, such as {@code exec setpriv ...}
     */
    static Target inContainer(Path javaHome, String last, String... jvmOptions) throws IOException {
        // The classes may be below the /tmp that will be hidden.
        String script =
                "mount --bind "
                        + classes()
                        + " /mnt && mount -t tmpfs tmpfs /tmp && chmod 1777 /tmp && "
                        + last
                        + " \"$@\"";
        return start(
                List.of("unshare", "-m", "-p", "-f", "--mount-proc", "sh", "-c", script, "sh"),
                javaHome,
                "/mnt",
                Shop.class,
                jvmOptions);
    }

    /** As {@link #inContainer}, in a user namespace in which who starts it is root, too. */
    static Target inUserNamespace(List<String> user, Path javaHome) throws IOException {
        // The classes may be where that user cannot go.
        String bind = "mount --bind " + classes() + " /mnt && exec \"$@\"";
        List<String> prefix = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", bind, "sh"));
        prefix.addAll(user);
        prefix.addAll(List.of("unshare", "-U", "-r", "-m", "-p", "-f", "--mount-proc"));
        prefix.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /tmp && exec \"$@\"", "sh"));
        return start(prefix, javaHome, "/mnt", Shop.class);
    }

    static Path classes() {
        return locationOf(Shop.class);
    }

    private static Path locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** The JVM's own pid, also where a prefix command waits for it. */
    long pid() {
        ProcessHandle handle = process.toHandle();
        return handle.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(handle)
                .pid();
    }

    String name() {
        return Long.toString(pid());
    }

    /** Whether it still does its work. */
    boolean works() throws IOException {
        return "sold true".equals(ask("?"));
    }

    /** Whether there are probes in it. */
    boolean isWoven() throws IOException {
        return "woven true".equals(ask("woven?"));
    }

    /** Whether a thread of this name, of which the kernel keeps 15 characters, runs in it. */
    boolean hasThread(String name) throws IOException {
        return threadIdOf(name) > 0;
    }

    /** The kernel's number for a thread whose name begins with this; 0 if there is none. */
    long threadIdOf(String name) throws IOException {
        Path tasks = Path.of("/proc/" + pid() + "/task");
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith(name)) {
                    return Long.parseLong(thread.getFileName().toString());
                }
            }
        } catch (NoSuchFileException e) {
            // One ended meanwhile.
        }
        return 0;
    }

    /**
     * How much memory it has.
     *
     * @param what such as {@code VmRSS}, or {@code VmHWM}: the most that it ever was
     */
    long residentKilobytes(String what) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith(what + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no " + what);
    }

    String ask(String line) throws IOException {
        tell(line);
        return out.readLine();
    }

    void tell(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    void signal(String name) throws IOException, InterruptedException {
        Command.signal(pid(), name);
    }

    /** What it printed on its standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, or the signal that ended it, plus 128. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the target did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        // A JVM that is killed leaves these; one that leads a life of its own is not asked about
        // them.
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + pid()));
        Files.deleteIfExists(Path.of("/tmp/.attach_pid" + pid()));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
