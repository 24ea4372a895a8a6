package io.github.jtracer.core.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Where very many classes are to be woven: those of them that nobody has used yet. They are woven
 * while it records already, and whoever was used before that is reported.
 */
final class UnusedClasses {
    /** From so many classes in use on, as many others are set aside. */
    private static final int MANY = 500;

    private static final long OUT_OF_MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Instrumentation instrumentation;
    private final WeavingReport report;
    private List<Class<?>> types = List.of();

    UnusedClasses(Instrumentation instrumentation, WeavingReport report) {
        this.instrumentation = instrumentation;
        this.report = report;
    }

    /** Sets aside those that are not in use, if that is worth a stop of the world more. */
    List<Class<?>> setAside(List<Class<?>> found) {
        List<Class<?>> unused = new ArrayList<>();
        for (Class<?> type : found) {
            if (!LoadedClasses.initialized(type)) {
                unused.add(type);
            }
        }
        if (found.size() - unused.size() < MANY || unused.size() < MANY) {
            return found;
        }
        Set<String> beginning = StaticInitializers.running();
        unused.removeIf(type -> beginning.contains(type.getName()));
        Set<Class<?>> aside = new HashSet<>(unused);
        types = unused;
        report.postponed(unused.size());
        return found.stream().filter(type -> !aside.contains(type)).toList();
    }

    /**
     * Weaves them with one thread and in as few stops of the world as can be.
     *
     * @param ready makes a batch ready to be retransformed
     * @param wanted whether they still are to be woven
     */
    void weave(
            BiFunction<List<Class<?>>, ClassFiles, List<Class<?>>> ready, BooleanSupplier wanted) {
        List<Class<?>> woven = types;
        types = List.of();
        try {
            weave(woven, ready, wanted);
        } finally {
            reportLate(woven);
        }
    }

    private void weave(
            List<Class<?>> woven,
            BiFunction<List<Class<?>>, ClassFiles, List<Class<?>>> ready,
            BooleanSupplier wanted) {
        long deadline = System.nanoTime() + OUT_OF_MEMORY_NANOS;
        while (wanted.getAsBoolean()) {
            try (WithoutC2 quiet = WithoutC2.forClasses(woven.size());
                    ClassFiles files = new ClassFiles()) {
                new Retransformer(instrumentation, report, 1, Retransformer.BATCH)
                        .retransform(woven, batch -> ready.apply(batch, files));
                return;
            } catch (OutOfMemoryError e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void reportLate(List<Class<?>> woven) {
        try {
            Set<String> beginning = StaticInitializers.running();
            for (Class<?> type : woven) {
                if (LoadedClasses.initialized(type) || beginning.contains(type.getName())) {
                    report.late(type.getName());
                }
            }
        } catch (OutOfMemoryError e) {
            report.lateUnknown();
        }
    }
}
