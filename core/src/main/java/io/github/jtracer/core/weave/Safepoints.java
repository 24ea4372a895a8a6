package io.github.jtracer.core.weave;

import java.lang.reflect.Method;

/**
 * How long the JVM has been stopped in all, as it counts itself.
 *
 * @param millis since it was started; -1 if it does not say
 */
record Safepoints(long millis) {
    private static final Source SOURCE = Source.find();

    /** The JVM's own bean; internal, but in every JDK there is. */
    private record Source(Object bean, Method total) {
        static Source find() {
            try {
                Object bean =
                        Class.forName("sun.management.ManagementFactoryHelper")
                                .getMethod("getHotspotRuntimeMBean")
                                .invoke(null);
                Method total =
                        Class.forName("sun.management.HotspotRuntimeMBean")
                                .getMethod("getTotalSafepointTime");
                return new Source(bean, total);
            } catch (ReflectiveOperationException | LinkageError e) {
                return null;
            }
        }
    }

    static Safepoints now() {
        try {
            return new Safepoints(SOURCE == null ? -1 : (long) SOURCE.total.invoke(SOURCE.bean));
        } catch (ReflectiveOperationException e) {
            return new Safepoints(-1);
        }
    }

    /** -1 if it is not known. */
    long millisSince(Safepoints before) {
        return millis < 0 ? -1 : millis - before.millis;
    }
}
