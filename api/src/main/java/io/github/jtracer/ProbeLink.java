package io.github.jtracer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * Method handles to {@code java.lang.JTracerProbe}, the class that the agent defines.
 *
 * <p>They are constants, so that the compiler sees through them; that is why this class is not
 * initialized before the probe exists.
 */
final class ProbeLink {
    private static final String PROBE = "java.lang.JTracerProbe";

    private ProbeLink() {}

    static boolean exists() {
        try {
            Class.forName(PROBE, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Loads the handles' class, but does not initialize it. */
    static void load() {
        Objects.requireNonNull(Handles.class);
    }

    static boolean recording() {
        try {
            return (boolean) Handles.RECORDING.invokeExact();
        } catch (Throwable e) {
            return false;
        }
    }

    static void mark(int type, String text) {
        try {
            Handles.MARK.invokeExact(type, text);
        } catch (Throwable e) {
            // a mark that cannot be recorded is a mark less, never the application's problem
        }
    }

    static void counter(String name, double value) {
        try {
            Handles.COUNTER.invokeExact(name, value);
        } catch (Throwable e) {
            // as above
        }
    }

    private static final class Handles {
        static final MethodHandle RECORDING = handle("recording", boolean.class);
        static final MethodHandle MARK = handle("mark", void.class, int.class, String.class);
        static final MethodHandle COUNTER =
                handle("counter", void.class, String.class, double.class);

        private static MethodHandle handle(String name, Class<?> result, Class<?>... parameters) {
            try {
                Class<?> probe = Class.forName(PROBE, true, null);
                return MethodHandles.publicLookup()
                        .findStatic(probe, name, MethodType.methodType(result, parameters));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the agent's probe is of another version", e);
            }
        }
    }
}
