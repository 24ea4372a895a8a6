package io.github.jtracer.benchmarks.target;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first pass over the buffer's memory against later ones; then how long another thread is held
 * up while a full buffer is stopped and saved.
 *
 * <p>Arguments: where to put files, arguments of the recording.
 */
public final class BufferTarget {
    private static final int WARM_UP_MEGABYTES = 64;
    private static final int FRESH_MEGABYTES = 192;
    private static final int SAVED_MEGABYTES = 64;
    private static final int LAPS = 4;
    private static final Calls WOVEN = new WovenCalls();

    private BufferTarget() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String options =
                "trivial=true,include=" + WovenCalls.class.getName() + "," + arguments[1] + ",";
        TracerControl.start(options + "buffer=" + (WARM_UP_MEGABYTES + FRESH_MEGABYTES) + "MB");
        fill(WARM_UP_MEGABYTES);
        Figures.say("fresh", fill(FRESH_MEGABYTES));
        fill(WARM_UP_MEGABYTES);
        for (int i = 1; i < LAPS; i++) {
            Figures.say("later", fill(FRESH_MEGABYTES));
            fill(WARM_UP_MEGABYTES);
        }
        TracerControl.stop();

        Path file = folder.resolve("full.jtr");
        TracerControl.start(options + "file=" + file + ",buffer=" + SAVED_MEGABYTES + "MB");
        fill(2 * SAVED_MEGABYTES);
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.start();
        long begin = System.nanoTime();
        Thread.sleep(300);
        heartbeat.longestGapMillis();
        long calls = Long.parseLong(TracerControl.stop().get("calls"));
        long nanos = System.nanoTime() - begin;
        Figures.say("gap.saving", heartbeat.longestGapMillis());
        Thread.sleep(nanos / 1_000_000);
        Figures.say("gap.idle", heartbeat.longestGapMillis());
        heartbeat.end();
        Figures.say("bytes", (double) Files.size(file) / calls);
    }

    /** Fills so much of the buffer, and answers nanoseconds of processor time a call. */
    private static double fill(int megabytes) {
        long wanted = ((long) megabytes << 20) / 16;
        long before = Figures.cpuNanos();
        long calls = 0;
        while (calls < wanted) {
            calls += WOVEN.recursion();
        }
        return (double) (Figures.cpuNanos() - before) / calls;
    }
}
