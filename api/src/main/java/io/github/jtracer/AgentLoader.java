package io.github.jtracer;

import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Loads the agent into this very JVM.
 *
 * <p>A JVM may not attach to itself (since JDK 9, unless {@code jdk.attach.allowAttachSelf} says
 * so); a process beside it may.
 */
final class AgentLoader {
    private static final String USE_JAVAAGENT =
            "start the application with -javaagent:jtracer-agent.jar instead";
    private static final long TIMEOUT_SECONDS = 30;

    private AgentLoader() {}

    /**
     * @throws TracerUnavailableException if that fails; the message says why and what to do
     */
    static void load(String arguments) {
        Obstacle.toAttaching()
                .ifPresent(
                        obstacle -> {
                            throw new TracerUnavailableException(obstacle);
                        });
        try {
            AgentJar agent = AgentJar.unpack();
            String pid = Long.toString(ProcessHandle.current().pid());
            if (mayAttachToItself()) {
                AttachMain.load(pid, agent.jar().toString(), arguments);
            } else {
                attachFromBeside(agent, pid, arguments);
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw unavailable(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    private static boolean mayAttachToItself() {
        String value = System.getProperty("jdk.attach.allowAttachSelf");
        return value != null && (value.isEmpty() || Boolean.parseBoolean(value));
    }

    private static void attachFromBeside(AgentJar agent, String pid, String arguments)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                java.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx32m",
                                "-cp",
                                agent.classPath().toString(),
                                AttachMain.class.getName(),
                                pid,
                                agent.jar().toString(),
                                arguments));
        // what is meant for the application (an agent, a debugger's port) is not for this process
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw unavailable("attaching took longer than " + TIMEOUT_SECONDS + " seconds");
        }
        if (process.exitValue() != 0) {
            byte[] output = process.getInputStream().readAllBytes();
            throw unavailable(new String(output, StandardCharsets.UTF_8).strip());
        }
    }

    private static TracerUnavailableException unavailable(String why) {
        return new TracerUnavailableException(
                "the agent could not be loaded (" + why + "); " + USE_JAVAAGENT);
    }
}
