package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * What Ctrl+C does: the first asks the work to come to its end, the second leaves at once.
 *
 * <p>SIGTERM, and SIGHUP when the terminal is closed, count as the first: what was recorded is
 * saved. A signal that was ignored when the command was started (nohup) stays ignored.
 */
public final class Interrupts {
    private static final Interrupts INSTANCE = new Interrupts();

    private final AtomicInteger count = new AtomicInteger();
    private final List<Runnable> onFirst = new CopyOnWriteArrayList<>();
    private final List<Runnable> onLeaving = new CopyOnWriteArrayList<>();
    private volatile String farewell = "";

    private Interrupts() {
        for (String name : List.of("INT", "TERM", "HUP")) {
            try {
                Signal.handle(new Signal(name), signal -> arrived());
            } catch (IllegalArgumentException e) {
                // Not on this system, or the JVM runs with -Xrs: then the default holds.
            }
        }
    }

    /** The one of this process. */
    public static Interrupts ofThisProcess() {
        return INSTANCE;
    }

    /** What the first Ctrl+C does; at once, if it has been already. Runs in a thread of its own. */
    void onFirst(Runnable action) {
        onFirst.add(action);
        if (count.get() > 0) {
            action.run();
        }
    }

    void forgetFirst(Runnable action) {
        onFirst.remove(action);
    }

    /** What must not be left behind, however the command ends. */
    void onLeaving(Runnable action) {
        onLeaving.add(action);
    }

    void forgetLeaving(Runnable action) {
        onLeaving.remove(action);
    }

    /** What to say when the second Ctrl+C has its way. */
    void farewell(String message) {
        farewell = message;
    }

    private void arrived() {
        if (count.incrementAndGet() == 1 && !onFirst.isEmpty()) {
            onFirst.forEach(Runnable::run);
            return;
        }
        onLeaving.forEach(Runnable::run);
        if (!farewell.isEmpty()) {
            System.err.println();
            System.err.println(farewell);
        }
        // Shutdown hooks and other threads have nothing left to do that could be waited for.
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
