package io.github.jtracer.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What the JVM itself does when classes are redefined, without any jtracer: an agent that has the
 * same classes retransformed, with the bytes that they had, as often.
 */
public final class BareAgent {
    private BareAgent() {}

    /** Arguments: a file with the names of the classes, how many cycles, milliseconds between. */
    public static void agentmain(String arguments, Instrumentation instrumentation)
            throws IOException, UnmodifiableClassException, InterruptedException {
        String[] parts = arguments.split(",");
        Set<String> names = Set.copyOf(Files.readAllLines(Path.of(parts[0])));
        Class<?>[] classes =
                Arrays.stream(instrumentation.getAllLoadedClasses())
                        .filter(loaded -> names.contains(loaded.getName()))
                        .toArray(Class<?>[]::new);
        // a start and a stop are two
        for (int i = 0; i < 2 * Integer.parseInt(parts[1]); i++) {
            instrumentation.retransformClasses(classes);
            Thread.sleep(Integer.parseInt(parts[2]));
        }
    }

    static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", BareAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("bare-agent.jar");
        String name = BareAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = BareAgent.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return jar;
    }
}
