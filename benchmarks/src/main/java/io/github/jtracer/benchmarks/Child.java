package io.github.jtracer.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that measures something and says it line by line. */
final class Child {
    private static final String PREFIX = "figure ";
    private static final long LIMIT_SECONDS = 180;
    private static final String TARGETS = "io.github.jtracer.benchmarks.target.";

    private final Jdk jdk;
    private final List<String> options = new ArrayList<>();

    Child(Jdk jdk) {
        this.jdk = jdk;
        options.add(jdk.java());
    }

    Child option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** With the tracer installed, but not recording. */
    Child installed(Paths paths) {
        return option("-javaagent:" + paths.agent() + "=install");
    }

    /** Runs one of the programs in package {@code target} to its end. */
    Figures run(Paths paths, String program, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", paths.classPath(), TARGETS + program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = paths.work().resolve(program + ".log");
        Process process =
                new ProcessBuilder(command)
                        .directory(paths.work().toFile())
                        .redirectError(log.toFile())
                        .start();
        Figures figures = new Figures();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(PREFIX)) {
                    String[] parts = line.split(" ");
                    figures.add(parts[1], Double.parseDouble(parts[2]));
                }
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(program + " on JDK " + jdk.name() + " failed: see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        return figures;
    }
}
