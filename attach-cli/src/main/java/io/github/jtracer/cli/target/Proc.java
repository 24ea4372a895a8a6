package io.github.jtracer.cli.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Linux's {@code /proc}, as far as it is needed here; everywhere else it is just not there. */
public final class Proc {
    private static final Path ROOT = Path.of("/proc");

    private Proc() {}

    /** Whether this system has it. */
    public static boolean isThere() {
        return Files.exists(ROOT.resolve("self/status"));
    }

    static Path of(long pid) {
        return ROOT.resolve(Long.toString(pid));
    }

    static List<Long> pids() {
        try (Stream<Path> entries = Files.list(ROOT)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The arguments the process was started with; empty where they cannot be read. */
    static List<String> commandLine(long pid) {
        return strings(of(pid).resolve("cmdline"));
    }

    /** {@code NAME=value} each; empty where they cannot be read. */
    static List<String> environment(long pid) {
        return strings(of(pid).resolve("environ"));
    }

    /** Whether a file of this name is mapped into the process, such as {@code libjvm.so}. */
    static boolean maps(long pid, String fileName) throws IOException {
        // A deleted file (the JDK was updated under the running JVM) has " (deleted)" behind it.
        try (Stream<String> lines =
                Files.lines(of(pid).resolve("maps"), StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("/" + fileName));
        }
    }

    /** Whether the process has a file open whose name contains this. */
    static boolean hasOpen(long pid, String part) {
        try (Stream<Path> files = Files.list(of(pid).resolve("fd"))) {
            return files.anyMatch(file -> linkContains(file, part));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Whether it has a thread of this name.
     *
     * @param name of which the kernel keeps 15 characters
     */
    static boolean hasThread(long pid, String name) {
        try (Stream<Path> threads = Files.list(of(pid).resolve("task"))) {
            return threads.anyMatch(thread -> name.equals(threadName(thread)));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String threadName(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** Whether the folder it was started in has been deleted. */
    static boolean lostItsFolder(long pid) {
        return linkContains(of(pid).resolve("cwd"), " (deleted)");
    }

    /** When it was started, in clock ticks since the machine was: tells a reused pid apart. */
    static long startTicks(long pid) {
        try {
            String stat = Files.readString(of(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The second field, the name, is in parentheses and may hold anything, also ")".
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[19]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    private static boolean linkContains(Path file, String part) {
        try {
            return Files.readSymbolicLink(file).toString().contains(part);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static List<String> strings(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
