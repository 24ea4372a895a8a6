package io.github.jtracer.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Carrier and virtual threads, as far as the running JDK has them.
 *
 * <p>The buffer is per carrier: a million virtual threads need no million chunks.
 */
final class Carrier {
    static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long THREAD_ID = UNSAFE.objectFieldOffset(Thread.class, "tid");
    private static final MethodHandle CURRENT_CARRIER = currentCarrier();

    private Carrier() {}

    /** The running thread's id. Read from the field: getId() can be overridden on JDK 17. */
    @ForceInline
    static long currentThreadId() {
        return UNSAFE.getLong(Thread.currentThread(), THREAD_ID);
    }

    static long threadId(Thread thread) {
        return UNSAFE.getLong(thread, THREAD_ID);
    }

    /** The platform thread that runs this. */
    static Thread current() throws Throwable {
        return CURRENT_CARRIER == null
                ? Thread.currentThread()
                : (Thread) CURRENT_CARRIER.invokeExact();
    }

    @SuppressWarnings("unchecked")
    static <T> ThreadLocal<T> threadLocal() {
        if (!VIRTUAL_THREADS) {
            return new ThreadLocal<>();
        }
        try {
            return (ThreadLocal<T>)
                    Class.forName("jdk.internal.misc.CarrierThreadLocal")
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle currentCarrier() {
        if (!VIRTUAL_THREADS) {
            return null;
        }
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findStatic(
                            Thread.class,
                            "currentCarrierThread",
                            MethodType.methodType(Thread.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
