package io.github.jtracer.core.weave;

import io.github.jtracer.core.own.OwnThreads;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Retransforms classes in batches, two at a time.
 *
 * <p>Every call is one safepoint with a fixed cost that grows with the number of loaded classes,
 * and a cost for each class in it; so batches are large, but not so large that the pause is too
 * long. What comes before the safepoint, reading, weaving and verifying, takes most of the time and
 * can be done for two batches at once. A class that cannot be retransformed fails its whole batch
 * before the safepoint; the batch is then halved until the culprit is alone.
 */
final class Retransformer {
    private static final int BATCH = 1600;

    /** Fewer are not worth a second stop of the world. */
    private static final int FEW = 500;

    private static final int WORKERS = 2;

    /** Of the first batch to the others: so that two workers do not stop the world together. */
    private static final double FIRST_SHARE = 0.8;

    private final Instrumentation instrumentation;
    private final WeavingReport report;

    Retransformer(Instrumentation instrumentation, WeavingReport report) {
        this.instrumentation = instrumentation;
        this.report = report;
    }

    void retransform(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
        Queue<List<Class<?>>> batches = new ConcurrentLinkedQueue<>(batches(classes));
        List<Thread> helpers = new ArrayList<>();
        int workers = Math.min(WORKERS, Runtime.getRuntime().availableProcessors());
        for (int i = 1; i < Math.min(workers, batches.size()); i++) {
            helpers.add(OwnThreads.tryStart("jtracer-weave", () -> work(batches)));
        }
        try (Safepoints.Watch watch = Safepoints.watch(report)) {
            work(batches);
            helpers.forEach(OwnThreads::join);
        }
    }

    private void work(Queue<List<Class<?>>> batches) {
        for (List<Class<?>> batch = batches.poll(); batch != null; batch = batches.poll()) {
            retransformBatch(batch);
        }
    }

    static List<List<Class<?>>> batches(List<Class<?>> classes) {
        int count = classes.size() <= FEW ? 1 : WORKERS * ceil(classes.size(), WORKERS * BATCH);
        double each = classes.size() / (count - 1 + FIRST_SHARE);
        List<List<Class<?>>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            int to = i == count ? classes.size() : (int) (each * (i - 1 + FIRST_SHARE));
            batches.add(classes.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private void retransformBatch(List<Class<?>> batch) {
        try {
            instrumentation.retransformClasses(batch.toArray(Class<?>[]::new));
        } catch (Throwable e) {
            if (batch.size() == 1) {
                report.failed(batch.get(0).getName(), e);
            } else {
                retransformBatch(batch.subList(0, batch.size() / 2));
                retransformBatch(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }
}
