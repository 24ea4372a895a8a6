package io.github.jtracer.benchmarks.target;

import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a raw recording as JSON, several times. Arguments: the recording, how often. */
public final class WriterTarget {
    private static final double NANOS_IN_A_SECOND = 1e9;

    private WriterTarget() {}

    public static void main(String[] arguments) throws Exception {
        Path raw = Path.of(arguments[0]);
        Path json = raw.resolveSibling("written.json");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            long before = Figures.cpuNanos();
            Totals totals;
            try (Recording recording = Recording.open(raw)) {
                totals = TraceFile.write(recording, json);
            }
            double seconds = (Figures.cpuNanos() - before) / NANOS_IN_A_SECOND;
            Figures.say("calls.second", totals.calls() / seconds);
            Files.delete(json);
        }
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        Figures.say("peak.megabytes", peak / 1048576.0);
    }
}
