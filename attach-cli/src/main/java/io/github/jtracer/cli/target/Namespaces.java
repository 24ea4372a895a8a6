package io.github.jtracer.cli.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a process lives, as seen from here: the same file system and pids, or a container's. */
final class Namespaces {
    /** HotSpot on Linux looks here and nowhere else, whatever {@code java.io.tmpdir} says. */
    private static final Path TEMP = Path.of("/tmp");

    private Namespaces() {}

    /** The process's {@code /tmp}: ours if it is the same, else the way there through its root. */
    static Path temp(long pid) {
        Path theirs = Proc.of(pid).resolve("root/tmp");
        try {
            // Ours wherever possible: the other path ends with the process.
            return Files.isSameFile(TEMP, theirs) ? TEMP : theirs;
        } catch (IOException e) {
            return Files.exists(theirs) ? theirs : TEMP;
        }
    }

    static boolean isElsewhere(long pid) {
        return differs(pid, "mnt") || differs(pid, "pid");
    }

    /** Whether a user of here is somebody there; if not, nothing of his is accepted. */
    static boolean knows(long pid, int uid) {
        try {
            return Files.readAllLines(Proc.of(pid).resolve("uid_map")).stream()
                    .anyMatch(range -> contains(range, uid));
        } catch (IOException e) {
            return true;
        }
    }

    /** A line of uid_map: first id there, first id here, how many (user_namespaces(7)). */
    static boolean contains(String range, int uid) {
        String[] numbers = range.strip().split("\\s+");
        long first = Long.parseLong(numbers[1]);
        return uid >= first && uid < first + Long.parseLong(numbers[2]);
    }

    private static boolean differs(long pid, String kind) {
        try {
            return !Files.readSymbolicLink(Proc.of(pid).resolve("ns/" + kind))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)));
        } catch (IOException e) {
            return false;
        }
    }
}
