package io.github.jtracer.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Packs {@link FakeAgent}, under the name by which the command looks for its agent. */
final class FakeAgentJar {
    private FakeAgentJar() {}

    /** Writes it into a folder, which then goes onto the command's class path. */
    static void writeTo(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", FakeAgent.class.getName());
        Path jar = folder.resolve("jtracer-agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            add(out, FakeAgent.class, "io/github/jtracer/cli/FakeAgent");
            add(out, io.github.jtracer.trace.RecordingFormat.class, "io/github/jtracer/trace/");
        }
    }

    private static void add(JarOutputStream out, Class<?> from, String prefix) throws IOException {
        Path root;
        try {
            root = Path.of(from.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        if (Files.isDirectory(root)) {
            add(out, root, prefix);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                add(out, jar.getPath("/"), prefix);
            }
        }
    }

    private static void add(JarOutputStream out, Path root, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (name.startsWith(prefix)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }
}
