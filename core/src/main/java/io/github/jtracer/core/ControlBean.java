package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The registration of {@link TracerMXBean}.
 *
 * <p>A class of its own: a runtime image may lack the module {@code java.management}. Then there is
 * no bean, and a command can attach all the same.
 */
final class ControlBean {
    private static final boolean POSSIBLE =
            ModuleLayer.boot().findModule("java.management").isPresent();

    private final TracerControl control;
    private boolean registered;

    ControlBean(TracerControl control) {
        this.control = control;
    }

    synchronized void register() {
        if (POSSIBLE && !registered) {
            Registry.add(control);
            registered = true;
        }
    }

    synchronized void unregister() {
        if (registered) {
            registered = false;
            Registry.remove();
        }
    }

    /** All that mentions the module's classes: it is linked only where they are. */
    private static final class Registry {
        static void add(TracerControl control) {
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .registerMBean(
                                new StandardMBean(control, TracerMXBean.class, true),
                                new ObjectName(TracerMXBean.OBJECT_NAME));
            } catch (JMException e) {
                throw new IllegalStateException("the MXBean cannot be registered: " + e, e);
            }
        }

        static void remove() {
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .unregisterMBean(new ObjectName(TracerMXBean.OBJECT_NAME));
            } catch (JMException e) {
                Failures.last("the MXBean could not be unregistered: " + e.getMessage());
            }
        }
    }
}
