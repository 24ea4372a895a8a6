package io.github.jtracer.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the things are that are measured.
 *
 * @param work a folder for files that nobody wants afterwards
 */
record Paths(Path agent, Path command, Path application, String classPath, Path work) {
    /**
     * @param root of the project, built
     */
    static Paths under(Path root) throws IOException {
        Path benchmarks = root.resolve("benchmarks/target");
        return new Paths(
                jar(root.resolve("agent/target"), "jtracer-agent-*.jar"),
                jar(root.resolve("attach-cli/target/dist"), "jtracer"),
                jar(root.resolve("sample-app/target"), "sample-app.jar"),
                jar(benchmarks, "jtracer-benchmarks-*.jar")
                        + File.pathSeparator
                        + benchmarks.resolve("lib/*"),
                Files.createTempDirectory("jtracer-benchmarks"));
    }

    private static Path jar(Path folder, String name) throws IOException {
        try (var files = Files.newDirectoryStream(folder, name)) {
            for (Path file : files) {
                return file.toAbsolutePath();
            }
        }
        throw new IOException("There is no " + folder.resolve(name) + "; run benchmarks/run.");
    }

    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
