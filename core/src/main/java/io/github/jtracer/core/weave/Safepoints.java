package io.github.jtracer.core.weave;

import java.lang.reflect.Method;

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

    /** For how long it was stopped between then and now, in milliseconds; -1 if it does not say. */
    static long millisSince(Safepoints then) {
        return then.millis < 0 ? -1 : now().millis - then.millis;
    }
}
