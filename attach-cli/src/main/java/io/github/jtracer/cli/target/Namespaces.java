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

    /** Whether user ids mean something else there than here. */
    static boolean hasOtherUsers(long pid) {
        return differs(pid, "user");
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
