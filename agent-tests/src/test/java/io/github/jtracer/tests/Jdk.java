package io.github.jtracer.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A JDK that targets run on: the running one, and what is installed beside it. */
record Jdk(int feature, Path home) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final List<Jdk> ALL = find();

    /** One of each feature version from 17 on. */
    static List<Jdk> all() {
        return ALL;
    }

    static Stream<Jdk> withVirtualThreads() {
        return ALL.stream().filter(Jdk::hasVirtualThreads);
    }

    boolean hasVirtualThreads() {
        return feature >= 21;
    }

    Path java() {
        return home.resolve("bin/java");
    }

    private static List<Jdk> find() {
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        found.put(
                Runtime.version().feature(),
                new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home"))));
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> homes = Files.list(INSTALLED)) {
                homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .map(home -> new Jdk(featureOf(home), home))
                        .filter(jdk -> jdk.feature >= 17)
                        .forEach(jdk -> found.putIfAbsent(jdk.feature, jdk));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(found.values());
    }

    private static int featureOf(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
