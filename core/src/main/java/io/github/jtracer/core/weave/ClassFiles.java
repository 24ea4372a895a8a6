package io.github.jtracer.core.weave;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the class files of loaded classes where these came from: folders, jars, and jars in Spring
 * Boot's jars. Where that cannot be said, their loaders are asked.
 *
 * <p>The loaders could be asked for all of them, but they search dozens of jars for each, which
 * takes ten times as long. Thread-safe.
 */
final class ClassFiles implements AutoCloseable {
    private static final Pattern BOUNDARY = Pattern.compile("/?!/?");

    /** Where one code source's class files are. */
    private interface Source {
        Source UNKNOWN = path -> null;

        /** Null if it has none of that name. */
        byte[] read(String path) throws IOException;
    }

    private final Map<String, Source> sources = new HashMap<>();
    private final Map<Path, FileChannel> files = new HashMap<>();

    /**
     * @throws IOException if it is not to be had
     */
    byte[] of(Class<?> type) throws IOException {
        byte[] found = null;
        try {
            found = source(type.getProtectionDomain()).read(path(type));
        } catch (IOException | RuntimeException e) {
            // The loader has read it once.
        }
        return found == null ? ofLoader(type) : found;
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] ofLoader(Class<?> type) throws IOException {
        String path = path(type);
        try (InputStream file =
                type.getResourceAsStream(path.substring(path.lastIndexOf('/') + 1))) {
            if (file == null) {
                throw new IOException("its class file is not to be found");
            }
            return file.readAllBytes();
        }
    }

    private synchronized Source source(ProtectionDomain domain) {
        CodeSource code = domain == null ? null : domain.getCodeSource();
        if (code == null || code.getLocation() == null) {
            return Source.UNKNOWN;
        }
        String location = code.getLocation().toString();
        Source source = sources.get(location);
        if (source == null) {
            try {
                source = open(location);
            } catch (IOException | RuntimeException e) {
                source = Source.UNKNOWN;
            }
            sources.put(location, source);
        }
        return source;
    }

    /**
     * @param location {@code file:/a/b/}, {@code file:/a/b.jar}, {@code jar:file:/a.jar!/b.jar!/},
     *     or, since Spring Boot 3.2, {@code jar:nested:/a.jar/!b.jar!/}
     */
    private Source open(String location) throws IOException {
        String[] parts =
                BOUNDARY.split(
                        location.replaceFirst("^jar:", "").replaceFirst("^nested:", "file:"));
        if (!parts[0].startsWith("file:")) {
            return Source.UNKNOWN;
        }
        Path outer = Path.of(URI.create(parts[0]));
        if (Files.isDirectory(outer)) {
            return path ->
                    Files.exists(outer.resolve(path))
                            ? Files.readAllBytes(outer.resolve(path))
                            : null;
        }
        FileChannel file = files.get(outer);
        if (file == null) {
            file = FileChannel.open(outer, StandardOpenOption.READ);
            files.put(outer, file);
        }
        Archive archive = Archive.of(file, 0, file.size());
        String folder = "";
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].endsWith(".jar")) {
                archive = archive.nested(parts[i]);
            } else {
                folder = parts[i].endsWith("/") ? parts[i] : parts[i] + "/";
            }
        }
        Archive innermost = archive;
        String before = folder;
        return path -> innermost.read(before + path);
    }

    @Override
    public synchronized void close() {
        for (FileChannel file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
        files.clear();
        sources.clear();
    }
}
