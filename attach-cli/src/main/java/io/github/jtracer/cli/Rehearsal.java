package io.github.jtracer.cli;

import io.github.jtracer.cli.target.Jvms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the archive of loaded classes is made from: this command does once, with a JVM of its own,
 * what it will do with others.
 *
 * <p>Run by the shell script in front of the jar, beside the first command. Nobody hears of it if
 * something fails: then the archive has less in it.
 */
final class Rehearsal {
    private static final String TARGET = "target";
    private static volatile long calls;

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(TARGET)) {
            work();
            return;
        }
        Path folder = Files.createTempDirectory("jtracer-rehearsal-");
        Process target = start();
        try {
            target.getInputStream().read();
            String pid = Long.toString(target.pid());
            String output = folder.resolve("result.json").toString();
            // Not `list`, which asks those who installed the tracer.
            Main.run("--attach", "no JVM has this name");
            new JvmList(List.of()).table();
            Main.run("--attach", pid, "-t", "0.1", "-o", output);
            Main.run("status", pid);
            Main.run("report", output);
        } finally {
            target.destroyForcibly();
            delete(folder);
        }
        System.exit(ExitCode.SAVED);
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx32m",
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "-XX:+EnableDynamicAgentLoading",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Jvms.REHEARSAL,
                                TARGET))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** In the target: something to record, until whoever started it is gone, and its input ends. */
    private static void work() throws IOException {
        Thread worker = new Thread(Rehearsal::callForEver);
        worker.setDaemon(true);
        worker.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // nobody writes
        }
    }

    private static void callForEver() {
        while (true) {
            call();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void call() {
        for (int i = 0; i < 3; i++) {
            calls++;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
