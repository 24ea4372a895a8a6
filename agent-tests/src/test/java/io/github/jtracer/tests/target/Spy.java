package io.github.jtracer.tests.target;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Base64;
import java.util.stream.Stream;

/** Another agent in the target: retransforms, and sees the bytes that the others leave. */
public final class Spy {
    private static Instrumentation instrumentation;

    private Spy() {}

    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** What a retransformation of the class begins with now, as Base64. */
    static String bytes(String... className) throws Exception {
        Class<?> type = Class.forName(className[0]);
        byte[][] seen = new byte[1][];
        ClassFileTransformer transformer =
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        if (redefined == type) {
                            seen[0] = bytes;
                        }
                        return null;
                    }
                };
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(type);
        } finally {
            instrumentation.removeTransformer(transformer);
        }
        return Base64.getEncoder().encodeToString(seen[0]);
    }

    /**
     * Loaded classes, less hidden ones: each retransformation of a class makes the JVM link its
     * lambdas anew, and their classes stay. The JVM's own counter would count each retransformation
     * as a class that was loaded.
     */
    static long loadedClasses(String... none) {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Stream.of(instrumentation.getAllLoadedClasses())
                .filter(type -> !type.isHidden())
                .count();
    }
}
