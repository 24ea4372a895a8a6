package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of one class's parameters, as its class file has them ({@code javac -parameters}). JVMS
 * 4.7.24.
 *
 * <p>Before JDK 19, HotSpot forgets them with every retransformation: it leaves the attribute out
 * of the bytes that it makes for transformers (JDK-8240908). Frameworks ask for them at run time,
 * Spring MVC when a controller is first called; without them it fails, also long after the
 * recording. So they are taken from the class file, and put into whatever the JVM is given.
 */
final class ParameterNames {
    /** A class that has none, or whose JVM remembers them. */
    static final ParameterNames NONE = new ParameterNames(Map.of());

    private static final int FIRST_THAT_REMEMBERS = 19;
    private static final String ATTRIBUTE = "MethodParameters";
    private static final List<String> MENTION = List.of(ATTRIBUTE);
    private static final int BYTES_EACH = 4;

    /**
     * One of them.
     *
     * @param name empty if it has none
     */
    private record Parameter(String name, int access) {}

    /** By a method's name and descriptor. */
    private final Map<String, List<Parameter>> methods;

    private ParameterNames(Map<String, List<Parameter>> methods) {
        this.methods = methods;
    }

    /** Whether this JVM forgets them. */
    static boolean areForgotten() {
        return Runtime.version().feature() < FIRST_THAT_REMEMBERS;
    }

    /** Whether a class can have any; it takes a tenth of a millisecond where it has none. */
    static boolean mayHave(Class<?> type) {
        return ConstantPools.mentions(type, MENTION);
    }

    static ParameterNames of(ClassFile file) {
        Map<String, List<Parameter>> methods = new HashMap<>();
        for (MethodFacts method : file.methods) {
            int count = file.u2(method.begin + 6);
            int at = method.begin + 8;
            for (int i = 0; i < count; i++) {
                if (file.is(file.u2(at), ATTRIBUTE)) {
                    methods.put(method.key(), read(file, at + 6));
                }
                at = file.skipAttribute(at);
            }
        }
        return methods.isEmpty() ? NONE : new ParameterNames(methods);
    }

    private static List<Parameter> read(ClassFile file, int at) {
        List<Parameter> parameters = new ArrayList<>();
        int count = file.u1(at);
        for (int entry = at + 1; entry < at + 1 + BYTES_EACH * count; entry += BYTES_EACH) {
            int name = file.u2(entry);
            parameters.add(new Parameter(name == 0 ? "" : file.utf8(name), file.u2(entry + 2)));
        }
        return parameters;
    }

    /** As if the file's first method had a parameter. */
    static ParameterNames example(ClassFile file) {
        return new ParameterNames(
                Map.of(file.methods.get(0).key(), List.of(new Parameter("example", 0))));
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    /** What of these a class file lacks: nothing, if another agent has kept the original. */
    ParameterNames lackingIn(ClassFile file) {
        return isEmpty() || !of(file).isEmpty() ? NONE : this;
    }

    /** How many constants a class needs for them, at most. */
    int constants() {
        int names = isEmpty() ? 0 : 1;
        for (List<Parameter> parameters : methods.values()) {
            names += parameters.size();
        }
        return names;
    }

    /** The attributes that give the methods their names, for one class. */
    Attributes addTo(ConstantPool pool) {
        return new Attributes(pool);
    }

    /** One class's attributes, whose constants have been added. */
    final class Attributes {
        private final int attribute;
        private final Map<String, int[]> names = new HashMap<>();

        private Attributes(ConstantPool pool) {
            attribute = isEmpty() ? 0 : pool.utf8(ATTRIBUTE);
            methods.forEach((method, parameters) -> names.put(method, indexes(parameters, pool)));
        }

        private static int[] indexes(List<Parameter> parameters, ConstantPool pool) {
            int[] indexes = new int[parameters.size()];
            for (int i = 0; i < indexes.length; i++) {
                String name = parameters.get(i).name;
                indexes[i] = name.isEmpty() ? 0 : pool.utf8(name);
            }
            return indexes;
        }

        /** Whether a method gets one. */
        boolean has(MethodFacts method) {
            return attribute != 0 && names.containsKey(method.key());
        }

        /** Writes it. */
        void write(MethodFacts method, ByteOutput out) {
            int[] indexes = names.get(method.key());
            List<Parameter> parameters = methods.get(method.key());
            out.u2(attribute);
            out.i4(1 + BYTES_EACH * indexes.length);
            out.u1(indexes.length);
            for (int i = 0; i < indexes.length; i++) {
                out.u2(indexes[i]);
                out.u2(parameters.get(i).access);
            }
        }
    }
}
