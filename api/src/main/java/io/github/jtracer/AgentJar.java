package io.github.jtracer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The agent and the class that attaches it, unpacked to a folder that only this user can enter.
 *
 * <p>The folder stays as long as the JVM: a loaded agent's jar is read from when it is needed.
 */
final class AgentJar {
    private static final String AGENT = "META-INF/jtracer/jtracer-agent.jar";
    private static final String ATTACH_MAIN =
            AttachMain.class.getName().replace('.', '/') + ".class";

    private static @Nullable AgentJar unpacked;

    private final Path folder;

    private AgentJar(Path folder) {
        this.folder = folder;
    }

    /** Unpacks once for each JVM. */
    static synchronized AgentJar unpack() throws IOException {
        if (unpacked == null || !Files.isRegularFile(unpacked.jar())) {
            Path folder = Files.createTempDirectory("jtracer");
            folder.toFile().deleteOnExit();
            AgentJar jar = new AgentJar(folder);
            copy(AGENT, folder, jar.jar().getFileName());
            copy(ATTACH_MAIN, folder, Path.of(ATTACH_MAIN));
            unpacked = jar;
        }
        return unpacked;
    }

    Path jar() {
        return folder.resolve("jtracer-agent.jar");
    }

    /** Class path of a process that runs {@link AttachMain}. */
    Path classPath() {
        return folder;
    }

    private static void copy(String resource, Path folder, Path name) throws IOException {
        Path target = folder.resolve(name);
        try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from jtracer-api");
            }
            Files.createDirectories(target.getParent());
            Files.copy(in, target);
        }
        // registered from the outside in: they are deleted in the opposite order
        for (int i = 1; i <= name.getNameCount(); i++) {
            folder.resolve(name.subpath(0, i)).toFile().deleteOnExit();
        }
    }
}
