package io.github.jtracer.core.weave;

import io.github.jtracer.core.own.OwnThreads;
import java.lang.reflect.Method;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the JVM has been stopped since it was started, as it counts itself.
 *
 * @param millis in all; -1 if it does not say
 */
record Safepoints(long millis) {
    private static final Source SOURCE = Source.find();
    private static final Safepoints UNKNOWN = new Safepoints(-1);

    /** The JVM's own bean; internal, but in every JDK there is. */
    private record Source(Object bean, Method total) {
        static Source find() {
            try {
                Object bean =
                        Class.forName("sun.management.ManagementFactoryHelper")
                                .getMethod("getHotspotRuntimeMBean")
                                .invoke(null);
                Class<?> type = Class.forName("sun.management.HotspotRuntimeMBean");
                return new Source(bean, type.getMethod("getTotalSafepointTime"));
            } catch (ReflectiveOperationException | LinkageError e) {
                return null;
            }
        }
    }

    static Safepoints now() {
        try {
            return SOURCE == null
                    ? UNKNOWN
                    : new Safepoints((long) SOURCE.total.invoke(SOURCE.bean));
        } catch (ReflectiveOperationException e) {
            return UNKNOWN;
        }
    }

    /** Looks at every stop of the JVM, whoever causes it, until it is closed. */
    static Watch watch(WeavingReport report) {
        return new Watch(report);
    }

    /**
     * Tells the stops apart: a thread of its own reads the JVM's sum so often that there is rarely
     * more than one between two looks. Where there are more, they count as one long one.
     */
    static final class Watch implements AutoCloseable {
        private static final long LOOK_NANOS = 2_000_000;

        private final WeavingReport report;
        private final Thread thread;
        private Safepoints last = now();
        private volatile boolean closed;

        private Watch(WeavingReport report) {
            this.report = report;
            thread = OwnThreads.tryStart("jtracer-pauses", this::run);
        }

        private void run() {
            while (!closed) {
                look();
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        private void look() {
            Safepoints now = now();
            if (now.millis > last.millis) {
                report.pause(now.millis - last.millis);
            }
            last = now;
        }

        @Override
        public void close() {
            closed = true;
            OwnThreads.join(thread);
            look();
        }
    }
}
