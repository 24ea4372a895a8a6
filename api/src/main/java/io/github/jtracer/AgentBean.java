package io.github.jtracer;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeErrorException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * The agent's control surface, {@code io.github.jtracer:type=Tracer}, as seen from the application.
 *
 * <p>There is one in a JVM, whoever loaded the agent: {@code -javaagent}, a manifest, the command
 * {@code jtracer}, or {@link AgentLoader}. It speaks JDK types only, so no class is shared.
 */
final class AgentBean {
    private static final ObjectName NAME = name();

    /** Whether an agent is in this JVM. */
    boolean present() {
        return server().isRegistered(NAME);
    }

    Map<String, String> status() {
        try {
            return map(server().getAttribute(NAME, "Status"));
        } catch (JMException e) {
            return Map.of();
        }
    }

    Map<String, String> start(String arguments) {
        return map(invoke("start", arguments));
    }

    Map<String, String> stop() {
        return map(invoke("stop"));
    }

    Map<String, String> save(String file) {
        return map(invoke("save", file));
    }

    void uninstall() {
        invoke("uninstall");
    }

    private static @Nullable Object invoke(String operation, String... arguments) {
        String[] types = new String[arguments.length];
        java.util.Arrays.fill(types, String.class.getName());
        try {
            return server().invoke(NAME, operation, arguments, types);
        } catch (RuntimeMBeanException e) {
            throw e.getTargetException();
        } catch (RuntimeErrorException e) {
            throw new IllegalStateException("the agent failed: " + e.getTargetError(), e);
        } catch (InstanceNotFoundException e) {
            throw new TracerStateException("the agent was uninstalled; a start loads it again");
        } catch (JMException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** An MXBean's map comes as a table of keys and values. */
    private static Map<String, String> map(@Nullable Object table) {
        Map<String, String> map = new LinkedHashMap<>();
        if (table instanceof TabularData rows) {
            for (Object row : rows.values()) {
                CompositeData entry = (CompositeData) row;
                map.put((String) entry.get("key"), (String) entry.get("value"));
            }
        }
        return map;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static ObjectName name() {
        try {
            return new ObjectName("io.github.jtracer:type=Tracer");
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }
}
