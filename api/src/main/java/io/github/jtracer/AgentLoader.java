package io.github.jtracer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads the agent into this very JVM: by HotSpot's own command, or, where that is missing, from a
 * process beside it, because a JVM may not attach to itself (since JDK 9).
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
        if (DiagnosticCommand.forbidden()) {
            throw unavailable("this JVM's options forbid it");
        }
        try {
            AgentJar agent = AgentJar.unpack();
            Optional<String> answer = fromInside(agent, arguments);
            if (answer.isEmpty()) {
                fromBeside(agent, arguments);
            } else if (!answer.get().isEmpty()) {
                throw unavailable(answer.get());
            }
        } catch (IOException e) {
            throw unavailable(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    /**
     * In a thread of its own: the agent must not see the caller's class loader, thread locals or
     * interrupts.
     */
    private static Optional<String> fromInside(AgentJar agent, String arguments)
            throws InterruptedException {
        FutureTask<Optional<String>> loading =
                new FutureTask<>(() -> DiagnosticCommand.loadAgent(agent.jar(), arguments));
        Thread thread = new Thread(null, loading, "jtracer attach", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        try {
            return loading.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw tooLong();
        } catch (ExecutionException e) {
            throw unavailable(String.valueOf(e.getCause()));
        }
    }

    private static void fromBeside(AgentJar agent, String arguments)
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
                                Long.toString(ProcessHandle.current().pid()),
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
            throw tooLong();
        }
        if (process.exitValue() != 0) {
            byte[] output = process.getInputStream().readAllBytes();
            throw unavailable(new String(output, StandardCharsets.UTF_8).strip());
        }
    }

    private static TracerUnavailableException tooLong() {
        return unavailable("it took longer than " + TIMEOUT_SECONDS + " seconds");
    }

    private static TracerUnavailableException unavailable(String why) {
        return new TracerUnavailableException(
                "the agent could not be loaded (" + why + "); " + USE_JAVAAGENT);
    }
}
