package io.github.jtracer.tests;

import io.github.jtracer.tests.target.Spy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The jar that makes {@link Spy} an agent: a manifest and nothing else. */
final class SpyJar {
    private static final Path FILE = make();

    private SpyJar() {}

    static Path file() {
        return FILE;
    }

    private static Path make() {
        try {
            Manifest manifest = new Manifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            attributes.putValue("Premain-Class", Spy.class.getName());
            attributes.putValue("Can-Retransform-Classes", "true");
            Path file = Files.createTempFile("jtracer-spy-", ".jar");
            file.toFile().deleteOnExit();
            new JarOutputStream(Files.newOutputStream(file), manifest).close();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
