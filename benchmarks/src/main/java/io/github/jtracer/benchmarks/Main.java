package io.github.jtracer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures everything and prints the table for the project's README.
 *
 * <p>Arguments: {@code --forks=N} (default 3), {@code
 * --only=calls,jackson,nothing-left,keeping,attaching,boot}, and the homes of JDKs (default: those
 * of {@code JAVA17_HOME} and {@code JAVA25_HOME}, or the one that runs this).
 */
public final class Main {
    private static final String ALL = "calls,jackson,nothing-left,keeping,attaching,boot";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        int forks = 3;
        List<String> only = List.of(ALL.split(","));
        List<Jdk> jdks = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("--forks=")) {
                forks = Integer.parseInt(argument.substring("--forks=".length()));
            } else if (argument.startsWith("--only=")) {
                only = List.of(argument.substring("--only=".length()).split(","));
            } else {
                jdks.add(Jdk.of(Path.of(argument)));
            }
        }
        if (jdks.isEmpty()) {
            jdks.addAll(defaults());
        }
        Paths paths = Paths.under(Path.of("").toAbsolutePath());
        Table table = new Table(jdks);
        long begin = System.nanoTime();
        for (Jdk jdk : jdks) {
            Running running = new Running(paths, table, forks);
            if (only.contains("calls")) {
                running.calls(jdk);
            }
            if (only.contains("jackson")) {
                running.jackson(jdk);
            }
            if (only.contains("nothing-left")) {
                running.nothingLeft(jdk);
            }
            if (only.contains("keeping")) {
                new Keeping(paths, table, forks).measure(jdk);
            }
            if (only.contains("attaching")) {
                new Attaching(paths, table, forks).measure(jdk);
            }
            if (only.contains("boot")) {
                new SpringBoot(paths, table, forks).measure(jdk);
            }
        }
        paths.delete();
        System.out.println(table.markdown());
        System.out.printf(
                Locale.ROOT,
                "%s; %d cores; Linux %s; %d forks each, median (least to most); %d s in all; load"
                        + " at the end %.1f.%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                forks,
                (System.nanoTime() - begin) / 1_000_000_000,
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }

    private static List<Jdk> defaults() throws Exception {
        List<Jdk> jdks = new ArrayList<>();
        for (String name : new String[] {"JAVA17_HOME", "JAVA25_HOME"}) {
            if (System.getenv(name) != null) {
                jdks.add(Jdk.of(Path.of(System.getenv(name))));
            }
        }
        return jdks.isEmpty() ? List.of(Jdk.of(Path.of(System.getProperty("java.home")))) : jdks;
    }

    private static String processor() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return System.getProperty("os.arch");
    }
}
