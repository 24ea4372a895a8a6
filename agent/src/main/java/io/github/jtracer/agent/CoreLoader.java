package io.github.jtracer.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/**
 * Loads the core's classes from the jar inside the agent's jar.
 *
 * <p>Its parent is the platform loader: nothing of the application's is seen here, and nothing of
 * the core's there.
 */
final class CoreLoader extends ClassLoader {
    private static final String CORE_JAR = "core.jar";
    private static final String CORE_CLASS = "io.github.jtracer.core.Core";
    private static final String OWN = "io.github.jtracer.";
    private static final String CLASS_SUFFIX = ".class";

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> entries;
    private final ProtectionDomain domain;

    private CoreLoader(Map<String, byte[]> entries, ProtectionDomain domain) {
        super("jtracer", ClassLoader.getPlatformClassLoader());
        this.entries = entries;
        this.domain = domain;
    }

    @SuppressWarnings("unchecked")
    static Consumer<String> load(Instrumentation instrumentation, Runnable forget)
            throws Throwable {
        CoreLoader loader = new CoreLoader(readCore(), JTracerAgent.class.getProtectionDomain());
        try {
            return (Consumer<String>)
                    Class.forName(CORE_CLASS, true, loader)
                            .getConstructor(Instrumentation.class, Runnable.class)
                            .newInstance(instrumentation, forget);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Map<String, byte[]> readCore() throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (InputStream in = JTracerAgent.class.getResourceAsStream(CORE_JAR)) {
            if (in == null) {
                throw new IOException("the agent's jar is damaged: it has no " + CORE_JAR);
            }
            JarInputStream jar = new JarInputStream(in, false);
            for (JarEntry entry = jar.getNextJarEntry();
                    entry != null;
                    entry = jar.getNextJarEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), jar.readAllBytes());
                }
            }
        }
        return entries;
    }

    /**
     * What is ours is here, all else is the JDK's, and the probe's classes, which are in the jar
     * too, are its as well. Its own way of looking, the parent first, is left aside: the
     * application's start has called that method some thousand times, and one hundred times more
     * made C2 compile it in the middle of the weaving, for half a second.
     */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN)) {
            return getParent().loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(path(name));
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    private static String path(String className) {
        return className.replace('.', '/') + CLASS_SUFFIX;
    }

    /** Its own resources only; a stream suffices, there is no URL for what is in memory. */
    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }
}
