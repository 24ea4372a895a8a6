package io.github.jtracer.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether there is memory for the buffer. A container at its limit would be killed for the first
 * page too many, so its limit is looked at before anything is allocated.
 */
final class MemoryRoom {
    /** What must be free beside the buffer: the weaving needs some too. */
    private static final long MARGIN = 32L << 20;

    private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path CURRENT = Path.of("/sys/fs/cgroup/memory.current");
    private static final Path STAT = Path.of("/sys/fs/cgroup/memory.stat");
    private static final Path LIMIT_V1 = Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes");
    private static final Path CURRENT_V1 = Path.of("/sys/fs/cgroup/memory/memory.usage_in_bytes");
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private MemoryRoom() {}

    /**
     * @throws ProblemException if there is not so much
     */
    static void require(long bytes) {
        if (bytes + MARGIN > available()) {
            throw notEnough(bytes);
        }
    }

    static ProblemException notEnough(long bytes) {
        return new ProblemException(
                ProblemException.REFUSED,
                "There is no room for a buffer of "
                        + (bytes >> 20)
                        + " MB in this process's memory limit.",
                "Ask for less, such as --buffer 8MB, or narrow what is traced.");
    }

    /** What can still be allocated, as far as the system says; otherwise no limit. */
    private static long available() {
        long machine = field(MEMINFO, "MemAvailable:", Long.MAX_VALUE >> 10) << 10;
        long group = number(LIMIT) - number(CURRENT) + field(STAT, "inactive_file", 0);
        long groupV1 = number(LIMIT_V1) - number(CURRENT_V1);
        return Math.min(
                machine,
                Math.min(
                        Files.exists(LIMIT) ? group : Long.MAX_VALUE,
                        Files.exists(LIMIT_V1) ? groupV1 : Long.MAX_VALUE));
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            // "max", or no such file: no limit; halved so that a difference cannot overflow.
            return file.equals(CURRENT) || file.equals(CURRENT_V1) ? 0 : Long.MAX_VALUE / 2;
        }
    }

    private static long field(Path file, String name, long otherwise) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.substring(name.length()).strip().split(" ")[0]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Said below.
        }
        return otherwise;
    }
}
