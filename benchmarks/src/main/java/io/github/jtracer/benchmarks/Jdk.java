package io.github.jtracer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK that targets run on.
 *
 * @param feature such as 17
 * @param name vendor's version, such as 17.0.15
 */
record Jdk(Path home, int feature, String name) {
    static Jdk of(Path home) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return new Jdk(home, Integer.parseInt(version.split("[.+-]")[0]), version);
    }

    String java() {
        return home.resolve("bin/java").toString();
    }
}
