package io.github.jtracer.core.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFilesTest {
    private static final String PATH = Subject.class.getName().replace('.', '/') + ".class";
    private static final byte[] MARKED = "not what the loader has".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    static final class Subject {}

    /** Defines the subject as if it came from somewhere. */
    private static final class LoaderOf extends ClassLoader {
        private final String location;

        LoaderOf(String location) {
            super(null);
            this.location = location;
        }

        Class<?> subject() throws IOException {
            byte[] bytes = original();
            URL url = new URL(null, location, new Unopenable());
            return defineClass(
                    Subject.class.getName(),
                    bytes,
                    0,
                    bytes.length,
                    new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null));
        }
    }

    /** As for {@code nested:}, which only Spring Boot knows. */
    private static final class Unopenable extends java.net.URLStreamHandler {
        @Override
        protected java.net.URLConnection openConnection(URL url) throws IOException {
            throw new IOException("not asked for");
        }
    }

    private static byte[] original() throws IOException {
        try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(PATH)) {
            return in.readAllBytes();
        }
    }

    private static byte[] zip(boolean compressed, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(entries).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (!compressed) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    CRC32 crc = new CRC32();
                    crc.update(file.getValue());
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] read(String location) throws IOException {
        try (ClassFiles files = new ClassFiles()) {
            return files.of(new LoaderOf(location).subject());
        }
    }

    @Test
    void itIsReadFromAFolderAndFromAJar() throws IOException {
        Path classes = folder.resolve("classes dir");
        Files.createDirectories(classes.resolve(PATH).getParent());
        Files.write(classes.resolve(PATH), MARKED);
        assertThat(read(classes.toUri().toString())).isEqualTo(MARKED);
        Path jar = Files.write(folder.resolve("a.jar"), zip(true, Map.of(PATH, MARKED)));
        assertThat(read(jar.toUri().toString())).isEqualTo(MARKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar:nested:%s/!BOOT-INF/", "jar:file:%s!/BOOT-INF/"})
    void itIsReadFromABootJarOfEitherKind(String form) throws IOException {
        byte[] inner = zip(true, Map.of(PATH, MARKED));
        Path jar = folder.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            // An executable one.
            out.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
            out.write(
                    zip(
                            false,
                            Map.of(
                                    "BOOT-INF/lib/a.jar",
                                    inner,
                                    "BOOT-INF/classes/" + PATH,
                                    MARKED)));
        }
        String before = form.formatted(jar.toUri().getRawPath());
        assertThat(read(before + "lib/a.jar!/")).isEqualTo(MARKED);
        assertThat(read(before + "classes!/")).isEqualTo(MARKED);
        assertThat(read(before + "classes/!/")).isEqualTo(MARKED);
    }

    @Test
    void theVersionOfThisJvmIsRead() throws IOException {
        byte[] other = "another".getBytes(StandardCharsets.UTF_8);
        byte[] jar =
                zip(
                        true,
                        Map.of(
                                PATH,
                                other,
                                "META-INF/versions/9/" + PATH,
                                other,
                                "META-INF/versions/17/" + PATH,
                                MARKED,
                                "META-INF/versions/999/" + PATH,
                                other));
        Path file = Files.write(folder.resolve("a.jar"), jar);
        assertThat(read(file.toUri().toString())).isEqualTo(MARKED);
    }

    @Test
    void whereItIsNotFoundTheLoaderIsAsked() throws IOException {
        try (ClassFiles files = new ClassFiles()) {
            assertThat(files.of(String.class)).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
            assertThat(files.of(Subject.class)).isEqualTo(original());
        }
        Path jar = Files.write(folder.resolve("a.jar"), new byte[1000]);
        assertThatThrownBy(() -> read(jar.toUri().toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("its class file is not to be found");
    }
}
