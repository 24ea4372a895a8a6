package io.github.jtracer.core.own;

import io.github.jtracer.probe.ThreadLog;

/**
 * The threads that we start in the target: they do not keep the JVM alive, nothing escapes from
 * them, and what they call is not traced.
 */
public final class OwnThreads {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private OwnThreads() {}

    /** A thread that has not been started. */
    public static Thread make(String name, Runnable work) {
        Runnable muted =
                () -> {
                    ThreadLog.muteCurrentThread();
                    work.run();
                };
        Thread thread = new Thread(null, muted, name, 0, false);
        thread.setUncaughtExceptionHandler((failed, e) -> Failures.last(e));
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    public static Thread start(String name, Runnable work) {
        Thread thread = make(name, work);
        thread.start();
        return thread;
    }

    /** As {@link #start}, but a process that may have no more threads does without it: null. */
    public static Thread tryStart(String name, Runnable work) {
        try {
            return start(name, work);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /**
     * Waits for its end, whoever interrupts.
     *
     * @param thread null if it was not started
     */
    public static void join(Thread thread) {
        join(thread, Long.MAX_VALUE);
    }

    /**
     * As {@link #join(Thread)}, but not longer than that.
     *
     * @return whether it has ended
     */
    public static boolean join(Thread thread, long millis) {
        long start = System.nanoTime();
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            long left = millis - (System.nanoTime() - start) / NANOS_IN_MILLI;
            if (left <= 0) {
                break;
            }
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return thread == null || !thread.isAlive();
    }
}
