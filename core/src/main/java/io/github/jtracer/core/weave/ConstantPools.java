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
    /** JVMS 4.4.7. */
    private static final byte UTF8 = 1;

    private static final MethodHandle OF_CLASS;

    /**
     * The JVM's own entry points. The public method for tags makes an enumeration's values anew
     * each time; for thousands of classes that is a tenth of a second for each thousand.
     */
    private static final MethodHandle OOP;

    private static final MethodHandle TAG;
    private static final MethodHandle STRING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OF_CLASS =
                    MethodHandles.privateLookupIn(Class.class, lookup)
                            .findVirtual(
                                    Class.class,
                                    "getConstantPool",
                                    MethodType.methodType(ConstantPool.class));
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(ConstantPool.class, lookup);
            OOP = inside.findGetter(ConstantPool.class, "constantPoolOop", Object.class);
            TAG = inside.findVirtual(ConstantPool.class, "getTagAt0", at(byte.class));
            STRING = inside.findVirtual(ConstantPool.class, "getUTF8At0", at(String.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ConstantPools() {}

    private static MethodType at(Class<?> result) {
        return MethodType.methodType(result, Object.class, int.class);
    }

    static boolean mentions(Class<?> type, List<String> strings) {
        try {
            ConstantPool pool = (ConstantPool) OF_CLASS.invokeExact(type);
            Object oop = (Object) OOP.invokeExact(pool);
            // From the end: there compilers put the names of attributes.
            for (int i = pool.getSize() - 1; i > 0; i--) {
                if ((byte) TAG.invokeExact(pool, oop, i) == UTF8
                        && strings.contains((String) STRING.invokeExact(pool, oop, i))) {
                    return true;
                }
            }
            return false;
        } catch (Throwable e) {
            return true;
        }
    }
}
