package io.github.jtracer.cli.session;

import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.target.Jvm;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/**
 * Says why nothing happens when a target has not been heard of for a while. It does not give up: a
 * person may, and what was recorded then waits in the target.
 */
final class Silence implements Closeable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_MILLIS = 500;

    private final Jvm jvm;
    private final Screen screen;
    private final Thread thread;
    private volatile long heard = System.nanoTime();
    private volatile boolean talkative;

    Silence(Jvm jvm, Screen screen) {
        this.jvm = jvm;
        this.screen = screen;
        this.thread = new Thread(this::watch, "jtracer silence");
        thread.setDaemon(true);
        thread.start();
    }

    /** The target has said something. */
    void heard() {
        heard = System.nanoTime();
    }

    /** From now on it says something twice a second; before, while it weaves, it may be busy. */
    void expectProgress() {
        heard();
        talkative = true;
    }

    private void watch() {
        long said = 0;
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                long last = heard;
                if (System.nanoTime() - last > LIMIT_NANOS && said != last && say()) {
                    said = last;
                }
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    private boolean say() {
        if (jvm.isPaused()) {
            screen.warn(
                    "The target is paused (by SIGSTOP or a debugger); waiting for it. `kill -CONT "
                            + jvm.pid()
                            + "` lets it go on, Ctrl+C twice leaves.");
            return true;
        }
        if (talkative && jvm.isAlive()) {
            screen.warn(
                    "The target does not answer: it is in a long pause of its own, or the machine"
                            + " is; waiting for it. Ctrl+C twice leaves.");
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
