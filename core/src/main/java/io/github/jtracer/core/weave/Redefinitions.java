package io.github.jtracer.core.weave;

import jdk.internal.misc.Unsafe;

/**
 * How often a class has been redefined, as the JVM counts for itself.
 *
 * <p>Where there is no heap for the exception that it wants to throw, {@code retransformClasses}
 * returns as if all were done. Reading the count allocates nothing.
 */
final class Redefinitions {
    private static final String FIELD = "classRedefinedCount";
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long UNKNOWN = -1;
    private static final long OFFSET = offset();

    private Redefinitions() {}

    private static long offset() {
        try {
            return UNSAFE.objectFieldOffset(Class.class, FIELD);
        } catch (InternalError e) {
            return UNKNOWN;
        }
    }

    /** That class's; 0 if this JVM does not say. */
    static int of(Class<?> type) {
        return OFFSET == UNKNOWN ? 0 : UNSAFE.getIntVolatile(type, OFFSET);
    }

    /** Whether it has been redefined since it was that often; true if this JVM does not say. */
    static boolean since(int before, Class<?> type) {
        return OFFSET == UNKNOWN || of(type) != before;
    }
}
