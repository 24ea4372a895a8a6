package io.github.jtracer.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Tells code whether it is running as compiled by the JIT's last tier.
 *
 * <p>{@code MethodHandleImpl.isCompileConstant} is what the JDK's own method handles use for it:
 * the compiler replaces it by {@code true} for a constant, everywhere else it answers {@code
 * false}.
 */
final class TopTier {
    private static final Object CONSTANT = new Object();
    private static final MethodHandle IS_CONSTANT = find();

    /**
     * More often than a method handle is called before it is customized. That loads classes, and in
     * a probe it would happen in the middle of anything, also of loading that very class.
     */
    static final int SETTLED_CALLS = 512;

    static {
        for (int i = 0; i < SETTLED_CALLS; i++) {
            compiled();
        }
    }

    private TopTier() {}

    /** False in the interpreter, in the first tier, and where this JDK has no such thing. */
    @ForceInline
    static boolean compiled() {
        try {
            return IS_CONSTANT != null && (boolean) IS_CONSTANT.invokeExact(CONSTANT);
        } catch (Throwable e) {
            return false;
        }
    }

    private static MethodHandle find() {
        try {
            Method isCompileConstant =
                    Class.forName("java.lang.invoke.MethodHandleImpl")
                            .getDeclaredMethod("isCompileConstant", Object.class);
            isCompileConstant.setAccessible(true);
            return MethodHandles.lookup().unreflect(isCompileConstant);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
