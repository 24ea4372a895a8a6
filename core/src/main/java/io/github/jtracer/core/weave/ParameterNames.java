package io.github.jtracer.core.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The names of one class's parameters, as its class file has them ({@code javac -parameters}).
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
    private static final List<String> ATTRIBUTE = List.of("MethodParameters");

    private record Parameter(String name, int access) {}

    /** By a method's name and descriptor. */
    private final Map<String, List<Parameter>> methods;

    private ParameterNames(Map<String, List<Parameter>> methods) {
        this.methods = methods;
    }

    /** Whether this JVM forgets that class's. */
    static boolean forgotten(Class<?> type) {
        return Runtime.version().feature() < FIRST_THAT_REMEMBERS
                && ConstantPools.mentions(type, ATTRIBUTE);
    }

    /**
     * Reads a class's own.
     *
     * @throws IOException if its class file is not to be had
     */
    static ParameterNames of(Class<?> type) throws IOException {
        String simple = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        try (InputStream file = type.getResourceAsStream(simple + ".class")) {
            if (file == null) {
                throw new IOException("its class file is not to be found");
            }
            return of(file.readAllBytes());
        }
    }

    static ParameterNames of(byte[] classFile) {
        Reader reader = new Reader();
        new ClassReader(classFile).accept(reader, ClassReader.SKIP_CODE);
        return new ParameterNames(reader.methods);
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    /** What of these a class file lacks: nothing, if another agent has kept the original. */
    ParameterNames lackingIn(byte[] classFile) {
        return isEmpty() || !of(classFile).isEmpty() ? NONE : this;
    }

    /** The same class file, with these names. */
    byte[] putInto(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        return putInto(
                                super.visitMethod(access, name, descriptor, signature, exceptions),
                                name + descriptor);
                    }
                },
                0);
        return writer.toByteArray();
    }

    /**
     * Gives a method its names, before anything else is written into it.
     *
     * @param key the method's name and descriptor
     * @return where the rest of it goes; ASM would copy over it what is not behind a visitor
     */
    MethodVisitor putInto(MethodVisitor method, String key) {
        List<Parameter> parameters = methods.get(key);
        if (parameters == null) {
            return method;
        }
        parameters.forEach(each -> method.visitParameter(each.name, each.access));
        return new MethodVisitor(Opcodes.ASM9, method) {};
    }

    private static final class Reader extends ClassVisitor {
        private final Map<String, List<Parameter>> methods = new HashMap<>();

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                String signature,
                String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitParameter(String name, int access) {
                    methods.computeIfAbsent(method + descriptor, key -> new ArrayList<>())
                            .add(new Parameter(name, access));
                }
            };
        }
    }
}
