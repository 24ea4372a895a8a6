package io.github.jtracer.core;

import io.github.jtracer.core.own.DiagnosticCommands;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Defines the probe's classes in package {@code java.lang} of {@code java.base}.
 *
 * <p>There every class loader sees them, they need no read edge, and they may use the JDK's
 * internals. They stay for the life of the JVM: a later installation finds them.
 */
final class ProbeDefiner {
    private static final String PACKAGE = "java/lang/";

    /** Superclasses first; the rest is resolved when it is used. */
    private static final List<String> CLASSES =
            List.of(
                    "JTracerEventWord",
                    "JTracerArrayLayout",
                    "JTracerClock",
                    "JTracerCarrier",
                    "JTracerTopTier",
                    "JTracerTimeStampCounter",
                    "JTracerTimeStampCounter$Linked",
                    "JTracerTimeStampCounter$Foreign",
                    "JTracerThreadLog",
                    "JTracerCallDepth",
                    "JTracerMarks",
                    "JTracerValues",
                    "JTracerBuffer",
                    "JTracerChunk",
                    "JTracerRecorder$Options",
                    "JTracerRecorder$Node",
                    "JTracerEndedLogs",
                    "JTracerRecorder$Progress",
                    "JTracerRecorder",
                    "JTracerProbe");

    /** What is needed only with the time-stamp counter; asking whether there is one links it. */
    private static final Set<String> LAZY =
            Set.of("JTracerTimeStampCounter$Linked", "JTracerTimeStampCounter$Foreign");

    private ProbeDefiner() {}

    /**
     * @throws IllegalStateException if this JVM does not allow it, or has another version's probe
     */
    static void define(Instrumentation instrumentation) {
        Module ours = ProbeDefiner.class.getModule();
        Set<Module> us = Set.of(ours);
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of("jdk.internal.misc", us, "jdk.internal.reflect", us),
                Map.of("java.lang", us, "jdk.internal.reflect", us),
                Set.of(),
                Map.of());
        ModuleLayer.boot()
                .findModule("java.management")
                .filter(instrumentation::isModifiableModule)
                .ifPresent(
                        management ->
                                instrumentation.redefineModule(
                                        management,
                                        Set.of(),
                                        Map.of("sun.management", us),
                                        Map.of(),
                                        Set.of(),
                                        Map.of()));
        DiagnosticCommands.open(instrumentation);
        try {
            defineAll(MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()));
        } catch (IllegalAccessException | IOException e) {
            throw new IllegalStateException("the probe cannot be defined: " + e, e);
        }
    }

    private static void defineAll(MethodHandles.Lookup lookup)
            throws IllegalAccessException, IOException {
        for (String name : CLASSES) {
            if (!defined(name)) {
                lookup.defineClass(bytes(name));
            }
        }
        // Here, not in the first woven method: what cannot be initialized must fail the
        // installation, never the application.
        for (String name : CLASSES) {
            try {
                if (!LAZY.contains(name)) {
                    Class.forName("java.lang." + name, true, null);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                throw new IllegalStateException("the probe cannot be initialized: " + e, e);
            }
        }
    }

    private static boolean defined(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static byte[] bytes(String name) throws IOException {
        String resource = PACKAGE + name + ".class";
        try (InputStream in = ProbeDefiner.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing in the agent");
            }
            return in.readAllBytes();
        }
    }
}
