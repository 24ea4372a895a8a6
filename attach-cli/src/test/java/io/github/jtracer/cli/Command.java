package io.github.jtracer.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code jtracer} in a process of its own, as a user runs it. */
final class Command implements AutoCloseable {
    /** Only for what hangs. */
    private static final int PATIENCE_SECONDS = 90;

    private final Process process;
    private final Path out;
    private final Path err;

    private Command(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param folder where it runs; relative outputs end up there
     * @param agentFolder what is on its class path before everything else
     */
    static Command start(Path folder, Path agentFolder, String... arguments) throws IOException {
        return start(
                folder,
                List.of(
                        "-cp",
                        agentFolder + File.pathSeparator + System.getProperty("java.class.path"),
                        Main.class.getName()),
                List.of(),
                arguments);
    }

    /** As it was packaged, with its real agent. */
    static Command packaged(Path folder, String... arguments) throws IOException {
        return start(
                folder, List.of("-jar", System.getProperty("jtracer.jar")), List.of(), arguments);
    }

    /** As it was packaged, on this Java. */
    static Command on(Path javaHome, Path folder, String... arguments) throws IOException {
        return start(
                javaHome,
                folder,
                List.of("-jar", System.getProperty("jtracer.jar")),
                List.of(),
                arguments);
    }

    static Command start(Path folder, List<String> how, List<String> prefix, String... arguments)
            throws IOException {
        return start(Jdks.running(), folder, how, prefix, arguments);
    }

    private static Command start(
            Path javaHome, Path folder, List<String> how, List<String> prefix, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(how);
        command.addAll(List.of(arguments));
        Command started = run(folder, command);
        started.process.getOutputStream().close();
        return started;
    }

    private static Command run(Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        return new Command(process, out, err);
    }

    /**
     * As it was packaged, on a terminal of its own. {@link #closeTerminal} takes that away.
     *
     * @param code where its exit code will be written
     */
    static Command onTerminal(Path folder, Path code, String... arguments) throws IOException {
        return onTerminal(folder, code, "", arguments);
    }

    /** On a terminal, but for its output, which another program reads. */
    static Command onTerminalInto(String reader, Path folder, Path code, String... arguments)
            throws IOException {
        return onTerminal(folder, code, "|" + reader, arguments);
    }

    private static Command onTerminal(Path folder, Path code, String behind, String... arguments)
            throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Jdks.running().resolve("bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                System.getProperty("jtracer.jar")));
        words.addAll(List.of(arguments));
        // The terminal's session ends with its first shell, and everybody in it is told. The second
        // shell outlives that, to tell; the command inherits nothing of its trap.
        Path second = folder.resolve("terminal.sh");
        Files.writeString(
                second,
                "trap : HUP INT\n'"
                        + String.join("' '", words)
                        + "'"
                        + behind
                        + "\necho $? > "
                        + code);
        return run(folder, List.of("script", "-qfc", "sh " + second + "; true", "/dev/null"));
    }

    /** At the terminal. */
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    void closeTerminal() {
        process.destroyForcibly();
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, Long.toString(pid)).inheritIO().start().waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(process.pid(), name);
    }

    /** Waits until it has said this. */
    Command awaitMessage(String part) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!said(part)) {
            if (System.nanoTime() > deadline || !process.isAlive() && !said(part)) {
                throw new AssertionError(
                        "never said \"" + part + "\" but:\n" + messages() + output());
            }
            Thread.sleep(10);
        }
        return this;
    }

    /** Waits until it ends, and says how. */
    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            // What its threads do is then in its output.
            signal("QUIT");
            process.waitFor(2, TimeUnit.SECONDS);
            throw new AssertionError("did not end; said:\n" + messages() + output());
        }
        return process.exitValue();
    }

    private boolean said(String part) throws IOException {
        return messages().contains(part) || output().contains(part);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    String messages() throws IOException {
        return Files.readString(err);
    }

    String output() throws IOException {
        return Files.readString(out);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
