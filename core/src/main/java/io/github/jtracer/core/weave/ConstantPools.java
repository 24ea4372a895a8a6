package io.github.jtracer.core.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import jdk.internal.reflect.ConstantPool;

/**
 * Looks for strings in the constant pools of loaded classes: a class that does not mention an
 * annotation does not have it. Reads no class file and loads no annotation.
 */
final class ConstantPools {
    private static final MethodHandle OF_CLASS = ofClass();

    private ConstantPools() {}

    static boolean mentions(Class<?> type, List<String> strings) {
        try {
            ConstantPool pool = (ConstantPool) OF_CLASS.invokeExact(type);
            // From the end: there compilers put the names of attributes.
            for (int i = pool.getSize() - 1; i > 0; i--) {
                if (pool.getTagAt(i) == ConstantPool.Tag.UTF8
                        && strings.contains(pool.getUTF8At(i))) {
                    return true;
                }
            }
            return false;
        } catch (Throwable e) {
            return true;
        }
    }

    private static MethodHandle ofClass() {
        try {
            return MethodHandles.privateLookupIn(Class.class, MethodHandles.lookup())
                    .findVirtual(
                            Class.class,
                            "getConstantPool",
                            MethodType.methodType(ConstantPool.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
