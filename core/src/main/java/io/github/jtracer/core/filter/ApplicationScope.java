package io.github.jtracer.core.filter;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The application's own code: what a first trace shows.
 *
 * <p>That is what was loaded from class folders, from {@code BOOT-INF/classes} or {@code
 * WEB-INF/classes}, or from the jar that was started. Where that jar has its libraries unpacked
 * inside, it is only the packages around the main class.
 */
public final class ApplicationScope {
    private final Path startedJar;
    private final String packagePrefix;
    private final String mainClass;
    private final Map<ProtectionDomain, Boolean> known = new WeakHashMap<>();

    private ApplicationScope(Path startedJar, String packagePrefix, String mainClass) {
        this.startedJar = startedJar;
        this.packagePrefix = packagePrefix;
        this.mainClass = mainClass;
    }

    /** Of this JVM, from how it was started. */
    public static ApplicationScope ofThisJvm() {
        String command = System.getProperty("sun.java.command", "");
        String classPath = System.getProperty("java.class.path", "");
        String started = command.contains(" ") ? firstWord(command, classPath) : command;
        if (started.endsWith(".jar")) {
            return ofJar(Path.of(started));
        }
        String main = started.contains("/") ? started.substring(started.indexOf('/') + 1) : started;
        return jarOf(main)
                .map(jar -> ofJar(jar, main))
                .orElse(new ApplicationScope(null, "", main));
    }

    /** With {@code -jar} the class path is the jar, spaces and all. */
    private static String firstWord(String command, String classPath) {
        return classPath.endsWith(".jar") && command.startsWith(classPath)
                ? classPath
                : command.substring(0, command.indexOf(' '));
    }

    private static Optional<Path> jarOf(String mainClass) {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        URL resource = loader.getResource(mainClass.replace('.', '/') + ".class");
        if (resource == null || !resource.getProtocol().equals("jar")) {
            return Optional.empty();
        }
        String path = resource.getPath();
        return path(path.substring(0, path.indexOf("!/")));
    }

    private static ApplicationScope ofJar(Path jar) {
        String main = "";
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getManifest() != null) {
                Attributes attributes = file.getManifest().getMainAttributes();
                String start = attributes.getValue("Start-Class");
                if (start != null) {
                    // Of a Boot jar, only the loader is in the jar itself.
                    return new ApplicationScope(null, "", start);
                }
                main = attributes.getValue(Attributes.Name.MAIN_CLASS);
            }
        } catch (IOException e) {
            // Gone since it was started: class folders are what remains.
        }
        return ofJar(jar, main == null ? "" : main);
    }

    private static ApplicationScope ofJar(Path jar, String main) {
        return new ApplicationScope(real(jar), foreignPackages(jar, main), main);
    }

    /** The prefix that classes must have: empty, unless there are others' packages in the jar. */
    private static String foreignPackages(Path jar, String main) {
        String own = around(main);
        if (own.isEmpty()) {
            return "";
        }
        String ownPath = own.replace('.', '/');
        try (JarFile file = new JarFile(jar.toFile());
                Stream<String> names = file.stream().map(entry -> entry.getName())) {
            boolean foreign =
                    names.anyMatch(
                            name ->
                                    name.endsWith(".class")
                                            && name.indexOf('/') > 0
                                            && !name.startsWith(ownPath)
                                            && !name.startsWith("META-INF/")
                                            && !name.contains("-INF/")
                                            && !name.startsWith(
                                                    "org/springframework/boot/loader/"));
            return foreign ? own : "";
        } catch (IOException e) {
            return own;
        }
    }

    /** {@code com.acme.} of {@code com.acme.shop.Main}; one more where many share the first two. */
    private static String around(String main) {
        String[] parts = main.split("\\.");
        boolean shared =
                main.matches("(io|com)\\.(github|gitlab)\\..*")
                        || main.matches("org\\.(apache|springframework|eclipse)\\..*");
        int keep = Math.min(parts.length - 1, shared ? 3 : 2);
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < keep; i++) {
            prefix.append(parts[i]).append('.');
        }
        return prefix.toString();
    }

    boolean contains(ClassFacts facts) {
        ProtectionDomain domain = facts.domain();
        if (domain == null) {
            return false;
        }
        return known(domain) && (facts.name().startsWith(packagePrefix) || !inStartedJar(domain));
    }

    private boolean known(ProtectionDomain domain) {
        synchronized (known) {
            Boolean own = known.get(domain);
            if (own == null) {
                own = own(domain);
                known.put(domain, own);
            }
            return own;
        }
    }

    private boolean own(ProtectionDomain domain) {
        String location = location(domain);
        return location.contains("BOOT-INF/classes")
                || location.contains("WEB-INF/classes")
                || location.startsWith("file:") && location.endsWith("/")
                || inStartedJar(domain);
    }

    private boolean inStartedJar(ProtectionDomain domain) {
        return startedJar != null
                && path(location(domain))
                        .map(ApplicationScope::real)
                        .filter(startedJar::equals)
                        .isPresent();
    }

    private static String location(ProtectionDomain domain) {
        CodeSource source = domain.getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toString();
    }

    private static Optional<Path> path(String url) {
        try {
            return url.startsWith("file:")
                    ? Optional.of(Path.of(URI.create(url)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        } catch (IOException e) {
            return path.toAbsolutePath();
        }
    }

    String describe() {
        if (!packagePrefix.isEmpty()) {
            return "the application's own code, " + packagePrefix + "**";
        }
        return mainClass.isEmpty()
                ? "the application's own code"
                : "the application's own code, around " + mainClass;
    }
}
