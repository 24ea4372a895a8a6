package io.github.jtracer.core.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes transformers away also where the target has hardly any heap: the JVM copies their list. */
final class Transformers {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Transformers() {}

    static void remove(Instrumentation instrumentation, ClassFileTransformer transformer) {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            try {
                instrumentation.removeTransformer(transformer);
                return;
            } catch (OutOfMemoryError e) {
                if (deadline - System.nanoTime() <= 0) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
