package io.github.jtracer.core.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Retransforms classes in batches.
 *
 * <p>Every call is one safepoint with a fixed cost that grows with the number of loaded classes,
 * and a cost for each class in it; so batches are large. A class that cannot be retransformed fails
 * its whole batch before the safepoint; the batch is then halved until the culprit is alone.
 */
final class Retransformer {
    private static final int BATCH = 3500;

    private final Instrumentation instrumentation;
    private final WeavingReport report;

    Retransformer(Instrumentation instrumentation, WeavingReport report) {
        this.instrumentation = instrumentation;
        this.report = report;
    }

    Void retransform(List<Class<?>> classes) {
        int batches = (classes.size() + BATCH - 1) / BATCH;
        int from = 0;
        for (int i = 0; i < batches; i++) {
            int to = (int) ((long) classes.size() * (i + 1) / batches);
            retransformBatch(new ArrayList<>(classes.subList(from, to)));
            from = to;
        }
        return null;
    }

    private void retransformBatch(List<Class<?>> batch) {
        Safepoints before = Safepoints.now();
        try {
            instrumentation.retransformClasses(batch.toArray(Class<?>[]::new));
        } catch (Throwable e) {
            if (batch.size() == 1) {
                report.failed(batch.get(0).getName(), e);
            } else {
                retransformBatch(batch.subList(0, batch.size() / 2));
                retransformBatch(batch.subList(batch.size() / 2, batch.size()));
            }
            return;
        }
        report.pause(Safepoints.now().millisSince(before));
    }
}
