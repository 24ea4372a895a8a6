package io.github.jtracer.tests;

import java.util.Base64;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * A class's bytes in the target, with its constant pool in order of use: each retransformation,
 * also one that changes nothing, makes the JVM reorder it.
 */
final class ClassBytes {
    private ClassBytes() {}

    static byte[] of(Target target, String className) {
        byte[] bytes = Base64.getDecoder().decode(target.ask("bytes " + className));
        ClassWriter ordered = new ClassWriter(0);
        new ClassReader(bytes).accept(ordered, 0);
        return ordered.toByteArray();
    }
}
