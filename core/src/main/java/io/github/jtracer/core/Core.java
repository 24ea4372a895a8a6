package io.github.jtracer.core;

import io.github.jtracer.core.own.OwnThreads;
import io.github.jtracer.probe.TimeStampCounter;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The installed agent: takes orders from whoever loads it, opens and closes the doors to the
 * tracer.
 *
 * <p>It was made by the entry class, in a class loader of its own, and is dropped as a whole when
 * it is uninstalled.
 */
public final class Core implements Consumer<String> {
    private static final long UNINSTALL_SECONDS = 60;

    private final Tracer tracer;
    private final Runnable forget;
    private final TracerControl control;
    private final ControlBean bean;
    private int sessions;
    private boolean permanent;

    /**
     * @param instrumentation the first one that this JVM gave the agent; all later ones are ignored
     * @param forget makes the entry class forget this object
     */
    public Core(Instrumentation instrumentation, Runnable forget) {
        ProbeDefiner.define(instrumentation);
        ApplicationMarks.link(instrumentation);
        this.tracer = new Tracer(instrumentation);
        this.forget = forget;
        this.control = new TracerControl(this, tracer);
        this.bean = new ControlBean(control);
        tracer.defaults(ofTheApplication());
    }

    /**
     * What the application has said that its recordings should be. The API leaves it there: as
     * arguments of an agent it could be too long (HotSpot's limit is 1,024 bytes before JDK 24).
     */
    private static Settings ofTheApplication() {
        String settings = System.getProperty("io.github.jtracer.settings", "");
        try {
            return Settings.DEFAULTS.with(Arguments.parse(settings));
        } catch (IllegalArgumentException e) {
            // Each start through the API says so to whoever asked for it.
            return Settings.DEFAULTS;
        }
    }

    /** Agent arguments, each time the agent is loaded. */
    @Override
    public void accept(String text) {
        Arguments arguments = Arguments.parse(text);
        if (arguments.has("soon") || arguments.has("connect")) {
            // A start follows at once. To link the counter takes 0.1 s, and can go on meanwhile;
            // whoever needs it before that waits for the class to be initialized.
            OwnThreads.tryStart("jtracer-clock", TimeStampCounter::unavailable);
        }
        if (arguments.has("install") || arguments.has("start")) {
            install(arguments);
        }
        if (arguments.has("start")) {
            control.startNow(arguments);
        }
        if (arguments.has("connect")) {
            synchronized (this) {
                sessions++;
                bean.register();
            }
            Path socket = Path.of(arguments.get("connect", ""));
            OwnThreads.start("jtracer-session", new Session(this, tracer, socket));
        }
    }

    private synchronized void install(Arguments arguments) {
        tracer.defaults(ofTheApplication().with(arguments));
        permanent = true;
        bean.register();
    }

    /** Whether it stays when nobody is connected. */
    synchronized boolean permanent() {
        return permanent;
    }

    /** A command has gone. What only that command needed goes too. */
    void sessionEnded() {
        boolean last;
        synchronized (this) {
            sessions--;
            last = sessions == 0 && !permanent;
        }
        if (last
                && tracer.awaitIdle(TimeUnit.SECONDS.toMillis(UNINSTALL_SECONDS))
                && tracer.kept().isEmpty()) {
            leave();
        }
    }

    /** Stops what is running (its owner saves it), drops what was kept, and leaves. */
    void uninstall() {
        try {
            tracer.stop("uninstall", TimeUnit.SECONDS.toMillis(UNINSTALL_SECONDS));
        } catch (ProblemException e) {
            // Nothing was running.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tracer.forgetKept();
        leave();
    }

    private void leave() {
        synchronized (this) {
            permanent = false;
        }
        bean.unregister();
        forget.run();
    }
}
