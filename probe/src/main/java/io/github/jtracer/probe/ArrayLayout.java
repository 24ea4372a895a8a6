package io.github.jtracer.probe;

/**
 * Where arrays have their elements. Read by reflection: these constants of {@code Unsafe} are ints
 * on JDK 17 and longs on JDK 25, so code compiled on one does not link on the other.
 */
final class ArrayLayout {
    static final long LONG_BASE = constant("ARRAY_LONG_BASE_OFFSET");
    static final long LONG_SCALE = constant("ARRAY_LONG_INDEX_SCALE");
    static final long BYTE_BASE = constant("ARRAY_BYTE_BASE_OFFSET");

    private ArrayLayout() {}

    private static long constant(String name) {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            return ((Number) unsafe.getField(name).get(null)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
