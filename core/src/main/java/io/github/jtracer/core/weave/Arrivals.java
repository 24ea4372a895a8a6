package io.github.jtracer.core.weave;

import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The classes that were woven last on their way in. Between being woven and being among the loaded
 * classes there is a gap; a class that is in it when the probes are taken out would keep them.
 */
final class Arrivals {
    private static final int FEW = 256;
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** One class; its loader may go before it has come. */
    private record Arrival(String name, WeakReference<ClassLoader> loader, boolean boot, long at) {
        boolean is(Class<?> type) {
            return boot ? type.getClassLoader() == null : loader.refersTo(type.getClassLoader());
        }
    }

    private final Deque<Arrival> latest = new ArrayDeque<>();
    private int underWay;

    synchronized void begin() {
        underWay++;
    }

    synchronized void add(String name, ClassLoader loader) {
        if (latest.size() == FEW) {
            latest.removeFirst();
        }
        latest.add(
                new Arrival(name, new WeakReference<>(loader), loader == null, System.nanoTime()));
    }

    synchronized void end() {
        underWay--;
        notifyAll();
    }

    /**
     * Waits until all that was woven is among the loaded classes, or has had the time to be: a
     * class that could not be defined never comes. After the transformer has been removed.
     */
    void await(Instrumentation instrumentation) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        while (isUnderWay() || !allIn(instrumentation)) {
            if (System.nanoTime() > deadline) {
                break;
            }
            try {
                synchronized (this) {
                    wait(5);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isUnderWay() {
        return underWay > 0;
    }

    private boolean allIn(Instrumentation instrumentation) {
        Map<String, List<Arrival>> missing = recent();
        if (missing.isEmpty()) {
            return true;
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            List<Arrival> sameName = missing.get(type.getName());
            if (sameName != null) {
                sameName.removeIf(arrival -> arrival.is(type));
            }
        }
        return missing.values().stream().allMatch(List::isEmpty);
    }

    private synchronized Map<String, List<Arrival>> recent() {
        long since = System.nanoTime() - RECENT_NANOS;
        Map<String, List<Arrival>> recent = new HashMap<>();
        for (Arrival arrival : latest) {
            if (arrival.at - since > 0) {
                recent.computeIfAbsent(arrival.name, n -> new ArrayList<>()).add(arrival);
            }
        }
        return recent;
    }
}
