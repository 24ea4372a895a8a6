package io.github.jtracer.sample.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How customers were served. Not thread-safe: each customer has one, added up at the end. */
final class LoadReport {
    private final List<Long> latencies = new ArrayList<>();
    private int failed;
    private long nanos;

    void served(long latencyNanos) {
        latencies.add(latencyNanos);
    }

    void failed() {
        failed++;
    }

    void add(LoadReport other) {
        latencies.addAll(other.latencies);
        failed += other.failed;
    }

    void setNanos(long nanos) {
        this.nanos = nanos;
    }

    int requests() {
        return latencies.size();
    }

    int failures() {
        return failed;
    }

    String describe() {
        Collections.sort(latencies);
        return String.format(
                Locale.ROOT,
                "%d requests, %d failed, %.0f a second; ms: median %.2f, 90%% %.2f, 99%% %.2f,"
                        + " longest %.2f",
                requests(),
                failed,
                requests() / (nanos / 1e9),
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(100));
    }

    private double percentile(int percent) {
        if (latencies.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(latencies.size() * percent / 100.0) - 1;
        return latencies.get(Math.max(index, 0)) / 1e6;
    }
}
