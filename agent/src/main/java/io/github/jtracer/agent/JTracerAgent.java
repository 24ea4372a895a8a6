package io.github.jtracer.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

/**
 * The entry: what the JVM calls when the agent is loaded. All it does is to hand over to the core,
 * which lives in a class loader of its own and is forgotten as a whole when it is uninstalled.
 */
public final class JTracerAgent {
    /** Where a failure is told: a command can read the target's system properties. */
    static final String FAILURE_PROPERTY = "io.github.jtracer.failure";

    private static Consumer<String> core;

    private JTracerAgent() {}

    /**
     * {@code -javaagent}. A failure is one line on the error stream, and the application starts.
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        String failure = load(arguments, instrumentation);
        if (failure != null) {
            System.err.println("jtracer: " + failure);
        }
    }

    /** Loaded into a running JVM. Nothing may escape: the JVM would print it. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        String failure = load(arguments, instrumentation);
        if (failure != null) {
            System.setProperty(FAILURE_PROPERTY, failure);
        }
    }

    /** What went wrong, in a line, or null. */
    private static synchronized String load(String arguments, Instrumentation instrumentation) {
        try {
            if (core == null) {
                core = CoreLoader.load(instrumentation, JTracerAgent::forget);
            }
            core.accept(arguments == null ? "" : arguments);
            return null;
        } catch (Throwable e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    private static synchronized void forget() {
        core = null;
    }
}
