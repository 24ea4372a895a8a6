package io.github.jtracer.core.weave;

import java.util.HashSet;
import java.util.Set;

/** The classes that are being initialized: their code runs, and the JVM says they are not ready. */
final class StaticInitializers {
    private static final String METHOD = "<clinit>";

    private StaticInitializers() {}

    /** Their names. Stops the world for some milliseconds. */
    static Set<String> running() {
        Set<String> names = new HashSet<>();
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (StackTraceElement frame : stack) {
                if (frame.getMethodName().equals(METHOD)) {
                    names.add(frame.getClassName());
                }
            }
        }
        return names;
    }
}
