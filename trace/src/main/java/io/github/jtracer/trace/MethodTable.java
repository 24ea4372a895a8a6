package io.github.jtracer.trace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The recording's methods by id, and what to call them. */
final class MethodTable {
    private static final String SEVERAL = "";

    private TracedMethod[] methods = new TracedMethod[1024];

    /** Descriptor of the only method known of a qualified name, or {@link #SEVERAL}. */
    private final Map<String, String> descriptors = new HashMap<>();

    void add(TracedMethod method) {
        if (method.id() >= methods.length) {
            methods = Arrays.copyOf(methods, Math.max(2 * methods.length, method.id() + 1));
        }
        methods[method.id()] = method;
        descriptors.merge(
                method.qualifiedName(), method.descriptor(), (a, b) -> a.equals(b) ? a : SEVERAL);
    }

    boolean knows(int id) {
        return id < methods.length && methods[id] != null;
    }

    /** The method, or one that stands for it where the recording does not describe it. */
    TracedMethod get(int id) {
        TracedMethod method = id < methods.length ? methods[id] : null;
        return method != null
                ? method
                : new TracedMethod(id, "", "unknown method " + id, "", "", -1);
    }

    String label(TracedMethod method) {
        String name = method.qualifiedName();
        return SEVERAL.equals(descriptors.get(name))
                ? name + Descriptors.parameters(method.descriptor())
                : name;
    }
}
