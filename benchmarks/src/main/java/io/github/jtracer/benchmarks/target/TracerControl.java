package io.github.jtracer.benchmarks.target;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The tracer installed in this JVM, through its MXBean. */
final class TracerControl {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private TracerControl() {}

    /** Returns once the probes are in. */
    static void start(String arguments) throws Exception {
        SERVER.invoke(
                new ObjectName("io.github.jtracer:type=Tracer"),
                "start",
                new Object[] {arguments},
                new String[] {"java.lang.String"});
    }

    static Map<String, String> stop() throws Exception {
        return map(
                SERVER.invoke(
                        new ObjectName("io.github.jtracer:type=Tracer"),
                        "stop",
                        new Object[0],
                        new String[0]));
    }

    static void uninstall() throws Exception {
        SERVER.invoke(
                new ObjectName("io.github.jtracer:type=Tracer"),
                "uninstall",
                new Object[0],
                new String[0]);
    }

    static Map<String, String> status() throws Exception {
        return map(SERVER.getAttribute(new ObjectName("io.github.jtracer:type=Tracer"), "Status"));
    }

    private static Map<String, String> map(Object answer) {
        Map<String, String> map = new java.util.TreeMap<>();
        for (Object row : ((javax.management.openmbean.TabularData) answer).values()) {
            var entry = (javax.management.openmbean.CompositeData) row;
            map.put((String) entry.get("key"), (String) entry.get("value"));
        }
        return map;
    }
}
