package io.github.jtracer.core.weave;

import io.github.jtracer.core.own.OwnThreads;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Retransforms classes in batches, two at a time or one after the other.
 *
 * <p>Every call is one safepoint with a fixed cost that grows with the number of loaded classes,
 * and a cost for each class in it; so batches are large, but not so large that the pause is too
 * long. What comes before the safepoint, reading, weaving and verifying, takes most of the time and
 * can be done for two batches at once. A class that cannot be retransformed fails its whole batch
 * before the safepoint; the batch is then halved until the culprit is alone.
 */
final class Retransformer {
    static final int BATCH = 2000;

    /** At the stop, where two of 1,600 took 150 ms each (JDK 25). */
    static final int SMALL_BATCH = 1000;

    /** Fewer are not worth a second stop of the world. */
    private static final int FEW = 500;

    /** Workers, where the application is left only what they do not need. */
    static final int TWO = 2;

    /** More than one class needs. */
    private static final int ROOM_BYTES = 1 << 20;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Instrumentation instrumentation;
    private final WeavingReport report;
    private final int workers;
    private final int batch;

    /**
     * @param workers how many batches are worked on at a time, if there are as many processors
     * @param batch how many classes are in one at most
     */
    Retransformer(Instrumentation instrumentation, WeavingReport report, int workers, int batch) {
        this.instrumentation = instrumentation;
        this.report = report;
        this.workers = Math.min(workers, Runtime.getRuntime().availableProcessors());
        this.batch = batch;
    }

    void retransform(List<Class<?>> classes, UnaryOperator<List<Class<?>>> ready) {
        retransform(classes, ready, System.nanoTime());
    }

    /**
     * @param ready makes a batch ready, on the thread that will retransform it, and leaves out what
     *     cannot be retransformed
     * @param deadline until when a class is tried again for which there is no heap, as {@link
     *     System#nanoTime} has it
     * @return whether any has been retransformed, or there was none
     */
    boolean retransform(
            List<Class<?>> classes, UnaryOperator<List<Class<?>>> ready, long deadline) {
        if (classes.isEmpty()) {
            return true;
        }
        AtomicBoolean any = new AtomicBoolean();
        AtomicBoolean brokenOff = new AtomicBoolean();
        Queue<List<Class<?>>> batches = new ConcurrentLinkedQueue<>(batches(classes));
        int atOnce = Math.min(workers, batches.size());
        Turnstile turnstile = new Turnstile(atOnce, report);
        List<Thread> helpers = new ArrayList<>();
        instrumentation.addTransformer(turnstile, true);
        try {
            for (int i = 1; i < atOnce; i++) {
                Thread helper =
                        OwnThreads.tryStart(
                                "jtracer-weave",
                                () -> {
                                    brokenOff.set(true);
                                    work(batches, ready, deadline, turnstile, any);
                                    brokenOff.set(false);
                                });
                if (helper == null) {
                    turnstile.expectFewer();
                }
                helpers.add(helper);
            }
            work(batches, ready, deadline, turnstile, any);
        } finally {
            // Who throws leaves nothing to the others, and waits for what they are at.
            batches.clear();
            helpers.forEach(OwnThreads::join);
            Transformers.remove(instrumentation, turnstile);
        }
        if (brokenOff.get()) {
            throw new OutOfMemoryError("a batch was broken off");
        }
        return any.get();
    }

    private void work(
            Queue<List<Class<?>>> batches,
            UnaryOperator<List<Class<?>>> ready,
            long deadline,
            Turnstile turnstile,
            AtomicBoolean any) {
        for (List<Class<?>> batch = batches.poll(); batch != null; batch = batches.poll()) {
            List<Class<?>> left = List.of();
            try {
                left = ready.apply(batch);
            } finally {
                if (left.isEmpty()) {
                    turnstile.expectFewer();
                }
            }
            if (!left.isEmpty()) {
                retransformBatch(left, deadline, turnstile, any);
            }
        }
    }

    private List<List<Class<?>>> batches(List<Class<?>> classes) {
        int count = classes.size() <= FEW ? 1 : workers * ceil(classes.size(), workers * batch);
        List<List<Class<?>>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            int to = (int) ((long) classes.size() * i / count);
            batches.add(classes.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private void retransformBatch(
            List<Class<?>> batch, long deadline, Turnstile turnstile, AtomicBoolean any) {
        Class<?> last = batch.get(batch.size() - 1);
        try {
            turnstile.expect(last);
            retransformNow(last, batch.toArray(Class<?>[]::new));
            any.set(true);
            turnstile.leave(last);
        } catch (Throwable e) {
            turnstile.leave(last);
            if (batch.size() == 1) {
                retransformAgain(batch.get(0), e, deadline, any);
            } else {
                int half = batch.size() / 2;
                retransformBatch(batch.subList(0, half), deadline, turnstile, any);
                retransformBatch(batch.subList(half, batch.size()), deadline, turnstile, any);
            }
        }
    }

    /** All or none of them, one of which is that one. */
    private void retransformNow(Class<?> one, Class<?>... types) throws UnmodifiableClassException {
        int before = Redefinitions.of(one);
        instrumentation.retransformClasses(types);
        if (!Redefinitions.since(before, one)) {
            throw new IllegalStateException("the JVM has not done it, and not said so");
        }
    }

    /**
     * Where there is no heap the JVM says so in several ways, as an internal error too, and what is
     * free at one moment may be gone at the next: so whatever it says, it is asked until there is
     * no time left.
     */
    private void retransformAgain(
            Class<?> type, Throwable first, long deadline, AtomicBoolean any) {
        Throwable last = first;
        while (deadline - System.nanoTime() > 0) {
            awaitHeap(deadline);
            try {
                retransformNow(type, type);
                any.set(true);
                return;
            } catch (Throwable e) {
                last = e;
            }
        }
        report.failed(type.getName(), last);
    }

    /** Each attempt without heap makes the JVM complain on the target's error stream. */
    private static void awaitHeap(long deadline) {
        do {
            LockSupport.parkNanos(RETRY_NANOS);
        } while (!hasHeap() && deadline - System.nanoTime() > 0);
    }

    private static boolean hasHeap() {
        try {
            Reference.reachabilityFence(new byte[ROOM_BYTES]);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}
