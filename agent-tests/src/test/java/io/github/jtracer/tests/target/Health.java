package io.github.jtracer.tests.target;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a JVM that was traced must not have more of than before. */
final class Health {
    private Health() {}

    static String ping(String... none) {
        return "pong";
    }

    /** Threads, open files, names of jtracer's threads. */
    static String resources(String... none) throws Exception {
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long files;
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            files = open.count();
        }
        return threads + " " + files;
    }

    static String threadNames(String... none) {
        List<String> names =
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .sorted()
                        .collect(Collectors.toList());
        return String.join(",", names);
    }

    static String exit(String... code) {
        new Thread(() -> System.exit(Integer.parseInt(code[0]))).start();
        return Arrays.toString(code);
    }

    static String property(String... name) {
        return System.getProperty(name[0], "");
    }
}
