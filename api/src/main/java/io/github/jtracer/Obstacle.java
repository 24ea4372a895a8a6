package io.github.jtracer;

import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What in this JVM is known beforehand to stand in the way, and what to do about it.
 *
 * <p>Only what costs nothing to find out: an application that is never traced pays for this.
 */
final class Obstacle {
    private static final String USE_JAVAAGENT =
            "start the application with -javaagent:jtracer-agent.jar";

    private Obstacle() {}

    /** Why the agent could not be loaded into this running JVM; empty if nothing is known. */
    static Optional<String> toAttaching() {
        if (enabled("DisableAttachMechanism", false)) {
            return Optional.of(
                    "this JVM was started with -XX:+DisableAttachMechanism; remove it, or "
                            + USE_JAVAAGENT);
        }
        if (!enabled("EnableDynamicAgentLoading", true)) {
            return Optional.of(
                    "this JVM was started with -XX:-EnableDynamicAgentLoading; remove it, or "
                            + USE_JAVAAGENT);
        }
        if (!has("java.instrument")) {
            return Optional.of(
                    "this Java runtime lacks the module java.instrument and can load no agent; add"
                            + " it (jlink --add-modules java.instrument)");
        }
        if (!has("jdk.attach") && !(has("jdk.management") && has("jdk.jfr"))) {
            return Optional.of(
                    "this Java runtime lacks the modules jdk.management and jdk.jfr; add them"
                            + " (jlink --add-modules jdk.management,jdk.jfr), or "
                            + USE_JAVAAGENT);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isWritable(temporary)) {
            return Optional.of(
                    "the temporary folder "
                            + temporary
                            + " is not writable; set -Djava.io.tmpdir, or "
                            + USE_JAVAAGENT);
        }
        return Optional.empty();
    }

    /** Why a signal's handler would never be called. */
    static Optional<String> toSignals() {
        boolean reduced = arguments().contains("-Xrs") || enabled("ReduceSignalUsage", false);
        return reduced
                ? Optional.of("this JVM was started with -Xrs and passes no signals on; remove it")
                : Optional.empty();
    }

    private static boolean has(String module) {
        // Nearly always the first, which is nearly free.
        return ModuleLayer.boot().findModule(module).isPresent()
                || ModuleFinder.ofSystem().find(module).isPresent();
    }

    private static boolean enabled(String flag, boolean otherwise) {
        boolean enabled = otherwise;
        for (String argument : arguments()) {
            if (argument.equals("-XX:+" + flag)) {
                enabled = true;
            } else if (argument.equals("-XX:-" + flag)) {
                enabled = false;
            }
        }
        return enabled;
    }

    private static List<String> arguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
