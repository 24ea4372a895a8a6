package io.github.jtracer;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * HotSpot's own command that loads an agent into the JVM that it is given in, {@code
 * JVMTI.agent_load}.
 *
 * <p>It needs neither a process beside this one nor a signal nor a socket. It is there where the
 * modules {@code jdk.management} and {@code jdk.jfr} are: without the latter HotSpot offers none of
 * its commands.
 */
final class DiagnosticCommand {
    private static final String BEAN = "com.sun.management:type=DiagnosticCommand";
    private static final String OPERATION = "jvmtiAgentLoad";

    /** What separates the answer's last word from its text. */
    private static final String CODE = "return code: ";

    private DiagnosticCommand() {}

    /**
     * Loads the agent.
     *
     * @return nothing if this JVM has no such command; otherwise what it answered: an empty text if
     *     the agent was loaded, or what went wrong
     */
    static Optional<String> loadAgent(Path jar, String arguments) {
        if (jar.toString().indexOf('"') >= 0 || arguments.indexOf('"') >= 0) {
            return Optional.empty();
        }
        try {
            Object answer =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName(BEAN),
                                    OPERATION,
                                    new Object[] {new String[] {quoted(jar), quoted(arguments)}},
                                    new String[] {String[].class.getName()});
            return Optional.of(reading(String.valueOf(answer).strip()));
        } catch (JMException | RuntimeException | LinkageError e) {
            // no such bean or command (another JVM, a smaller runtime), or not allowed to use it
            return Optional.empty();
        }
    }

    /**
     * What this JVM's options forbid. HotSpot itself obeys neither option here ({@code
     * EnableDynamicAgentLoading} since JDK 21), and both may come from a file that {@link Obstacle}
     * does not see.
     */
    static boolean forbidden() {
        try {
            HotSpotDiagnosticMXBean options =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return options != null
                    && (on(options, "DisableAttachMechanism")
                            || !on(options, "EnableDynamicAgentLoading"));
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static boolean on(HotSpotDiagnosticMXBean options, String flag) {
        return Boolean.parseBoolean(options.getVMOption(flag).getValue());
    }

    private static String quoted(Object argument) {
        return '"' + argument.toString() + '"';
    }

    private static String reading(String answer) {
        return switch (answer) {
            case CODE + "0" -> "";
            case CODE + "100" -> "the JVM could not open the agent's jar";
            case CODE + "102" -> "the agent failed";
            default -> "the JVM answered: " + answer.replaceAll("\\R", " ");
        };
    }
}
