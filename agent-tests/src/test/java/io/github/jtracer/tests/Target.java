package io.github.jtracer.tests;

import io.github.jtracer.tests.target.TargetMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that does what it is told, line by line, and answers each line with a line. */
final class Target implements AutoCloseable {
    private static final Map<Jdk, Target> SHARED = new HashMap<>();

    /** The JVM's own words about agents (JEP 451) and such. */
    private static final String JVM_WARNING = "WARNING: ";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private final Path errors;
    private final List<String> unasked = new ArrayList<>();

    private Target(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The JVM of that JDK that all tests share which do not need one of their own. */
    static synchronized Target shared(Jdk jdk) {
        return SHARED.computeIfAbsent(
                jdk,
                key -> {
                    Target target = start(key);
                    Runtime.getRuntime().addShutdownHook(new Thread(target::close));
                    return target;
                });
    }

    static Target start(Jdk jdk, String... jvmOptions) {
        try {
            List<String> command = new ArrayList<>();
            command.add(jdk.java().toString());
            command.addAll(List.of("-Xmx256m", "-Djdk.attach.allowAttachSelf=false"));
            command.addAll(List.of("-cp", classes() + ":" + Shapes.folder()));
            command.addAll(List.of("-javaagent:" + SpyJar.file()));
            command.addAll(List.of(jvmOptions));
            command.add(TargetMain.class.getName());
            Path errors = Files.createTempFile("jtracer-target-", ".err");
            errors.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            Target target = new Target(process, errors);
            // Loads the program: a pattern that matches nothing loaded is an error.
            target.ask("everything");
            target.ask("depth 1");
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(
                    TargetMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Says the line and returns the answer, without waiting for a recording to notice. */
    String ask(String line) {
        tell(line);
        return answer();
    }

    long askNumber(String line) {
        return Long.parseLong(ask(line));
    }

    void tell(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        try {
            while (true) {
                String line = out.readLine();
                if (line == null) {
                    throw new IllegalStateException("the target ended: " + errorText());
                }
                if (line.startsWith(TargetMain.ANSWER)) {
                    return line.substring(TargetMain.ANSWER.length());
                }
                if (line.startsWith(TargetMain.FAILURE)) {
                    throw new IllegalStateException(line);
                }
                unasked.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it printed and was not asked for, less the JVM's own warnings. */
    List<String> unaskedOutput() {
        List<String> all = new ArrayList<>(unasked);
        errorText().lines().filter(line -> !line.startsWith(JVM_WARNING)).forEach(all::add);
        return all;
    }

    String errorText() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, half a minute at most. */
    int exitCode() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the target does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void signal(String name) {
        Signals.send(name, pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
