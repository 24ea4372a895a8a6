package io.github.jtracer.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The JDKs on which targets are tried: those of {@code JTRACER_TEST_JAVA_HOMES} (separated like a
 * path), or else the one that runs the tests and those under {@code /usr/lib/jvm}, from 17 on, one
 * of each version.
 */
final class Jdks {
    private static final int OLDEST = 17;

    private Jdks() {}

    static List<Path> all() throws IOException {
        String named =
                System.getProperty(
                        "JTRACER_TEST_JAVA_HOMES",
                        System.getenv().getOrDefault("JTRACER_TEST_JAVA_HOMES", ""));
        if (!named.isEmpty()) {
            return Arrays.stream(named.split(File.pathSeparator)).map(Path::of).toList();
        }
        Map<Integer, Path> found = new LinkedHashMap<>();
        found.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> homes = Files.list(installed).sorted()) {
                for (Path home : homes.toList()) {
                    int feature = feature(home);
                    if (feature >= OLDEST) {
                        found.putIfAbsent(feature, home.toRealPath());
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    static Path running() {
        return Path.of(System.getProperty("java.home"));
    }

    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isRegularFile(release)) {
            return -1;
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
        return Integer.parseInt(version.split("[^0-9]")[0]);
    }
}
