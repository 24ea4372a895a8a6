package io.github.jtracer.core.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets batches stop the world when all of the first ones are ready for it, and one after the other.
 *
 * <p>A JVM's first retransformation throws compiled code away, on JDK 17 all of it, the weaver's
 * too: what is woven between the first stop and the second is woven by the interpreter. And two
 * stops with nothing between them are one long one to the application.
 *
 * <p>So it also knows how long each took.
 *
 * <p>HotSpot asks the transformers for one class of a batch after the other, and stops the world
 * when it has them all: so a batch waits here, in the transformation of its last class.
 */
final class Turnstile implements ClassFileTransformer {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** A batch that fails begins anew with its halves; the others do not wait for that. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The last class of each batch in work, and who works on it. */
    private final Map<Class<?>, Thread> last = new ConcurrentHashMap<>();

    /** Of the first batches: those that have not come to their last class. */
    private int expected;

    private final WeavingReport report;
    private boolean occupied;

    /** When the batch that may stop the world was let in. */
    private Safepoints before = Safepoints.now();

    private long left = System.nanoTime() - BETWEEN_NANOS;

    /**
     * @param batches how many are worked on at a time
     * @param report is told how long each stop was
     */
    Turnstile(int batches, WeavingReport report) {
        expected = batches;
        this.report = report;
    }

    /** Before a batch whose last class is that one. */
    void expect(Class<?> type) {
        last.put(type, Thread.currentThread());
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String internalName,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] original) {
        try {
            if (redefined != null && last.remove(redefined, Thread.currentThread())) {
                enter();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Then the stops come as they come.
        }
        return null;
    }

    private synchronized void enter() throws InterruptedException {
        expected--;
        notifyAll();
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (expected > 0 || occupied) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        occupied = true;
        long rest = left + BETWEEN_NANOS - System.nanoTime();
        if (rest > 0) {
            // Nobody else is to pass meanwhile, so the monitor is kept.
            TimeUnit.NANOSECONDS.sleep(rest);
        }
        before = Safepoints.now();
    }

    /** One batch less is worked on at first. */
    synchronized void expectFewer() {
        expected--;
        notifyAll();
    }

    /** After a batch, whether it has stopped the world or failed before that. */
    synchronized void leave(Class<?> type) {
        if (last.remove(type, Thread.currentThread())) {
            expected--;
        } else {
            occupied = false;
            left = System.nanoTime();
            long millis = Safepoints.millisSince(before);
            if (millis != 0) {
                report.pause(millis);
            }
        }
        notifyAll();
    }
}
