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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The classes that were woven last on their way in. Between being woven and being among the loaded
 * classes there is a gap; a class that is in it when the probes are taken out would keep them.
 */
final class Arrivals {
    private static final int FEW = 256;
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How old a class may be that is still on its way in, and how long it is then waited for. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long LATE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** One class; its loader may go before it has come. */
    private record Arrival(String name, WeakReference<ClassLoader> loader, boolean boot, long at) {
        boolean is(Class<?> type) {
            return boot ? type.getClassLoader() == null : loader.refersTo(type.getClassLoader());
        }

        boolean loaderHasGone() {
            return !boot && loader.refersTo(null);
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
        Map<String, List<Arrival>> missing = woven(RECENT_NANOS);
        take(missing, instrumentation);
        return missing.isEmpty();
    }

    /** Takes those that are loaded from those that are missing. */
    private static List<Class<?>> take(
            Map<String, List<Arrival>> missing, Instrumentation instrumentation) {
        List<Class<?>> come = new ArrayList<>();
        if (missing.isEmpty()) {
            return come;
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            List<Arrival> sameName = missing.get(type.getName());
            if (sameName != null && sameName.removeIf(arrival -> arrival.is(type))) {
                come.add(type);
            }
        }
        missing.values().removeIf(List::isEmpty);
        return come;
    }

    /**
     * Waits for those that had not come when the probes were taken out: a class loader may take
     * seconds to find the superclass of what it defines. Returns at once if there are none.
     *
     * @param late gets those that come
     */
    void awaitLate(Instrumentation instrumentation, Consumer<List<Class<?>>> late) {
        Map<String, List<Arrival>> missing = woven(LATE_NANOS);
        long deadline = System.nanoTime() + LATE_NANOS;
        while (!missing.isEmpty() && System.nanoTime() < deadline) {
            List<Class<?>> come = take(missing, instrumentation);
            if (!come.isEmpty()) {
                late.accept(come);
            }
            missing.values()
                    .forEach(arrivals -> arrivals.removeIf(arrival -> arrival.loaderHasGone()));
            missing.values().removeIf(List::isEmpty);
            LockSupport.parkNanos(LATE_LOOK_NANOS);
        }
    }

    /** Whether one was missing when the probes were taken out. */
    boolean areLate(Instrumentation instrumentation) {
        Map<String, List<Arrival>> missing = woven(LATE_NANOS);
        take(missing, instrumentation);
        return !missing.isEmpty();
    }

    private synchronized Map<String, List<Arrival>> woven(long nanos) {
        long since = System.nanoTime() - nanos;
        Map<String, List<Arrival>> recent = new HashMap<>();
        for (Arrival arrival : latest) {
            if (arrival.at - since > 0) {
                recent.computeIfAbsent(arrival.name, n -> new ArrayList<>()).add(arrival);
            }
        }
        return recent;
    }
}
