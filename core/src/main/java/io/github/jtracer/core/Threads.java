package io.github.jtracer.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.internal.misc.Unsafe;

/** The platform threads of this JVM. */
final class Threads {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long ID = UNSAFE.objectFieldOffset(Thread.class, "tid");
    private static final MethodHandle ALL = all0();

    private Threads() {}

    /** All that are alive, without their stacks: no safepoint. */
    static Thread[] all() {
        try {
            return (Thread[]) ALL.invokeExact();
        } catch (Throwable e) {
            return new Thread[0];
        }
    }

    /** The id; read from the field, because {@code getId()} can be overridden on JDK 17. */
    static long id(Thread thread) {
        return UNSAFE.getLong(thread, ID);
    }

    private static MethodHandle all0() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findStatic(Thread.class, "getThreads", MethodType.methodType(Thread[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
