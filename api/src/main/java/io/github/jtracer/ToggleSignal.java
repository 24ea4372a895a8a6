package io.github.jtracer;

import java.util.Locale;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The signal by which a recording is started and, the next time, stopped. */
final class ToggleSignal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JTracer.class.getName());
    private static final String NONE = "none";

    /**
     * What a signal has after us. Its default action ends the process: whoever still sends the
     * signal that the documentation told them to must not kill the application. It is a handler,
     * not SIG_IGN, which the application's child processes would inherit.
     */
    private static final SignalHandler AFTERWARDS =
            received ->
                    LOG.log(
                            System.Logger.Level.INFO,
                            "SIG"
                                    + received.getName()
                                    + " does nothing: the tracer is uninstalled");

    private final Signal signal;
    private final SignalHandler handler;

    private ToggleSignal(Signal signal, SignalHandler handler) {
        this.signal = signal;
        this.handler = handler;
    }

    /**
     * Takes the signal, unless somebody else has it.
     *
     * @return empty where the name is {@code none}
     * @throws IllegalArgumentException if it cannot be had; the message says why and what to do
     */
    static Optional<ToggleSignal> take(String name, Runnable toggle) {
        String plain = plainName(name);
        if (plain.equalsIgnoreCase(NONE) || plain.isEmpty()) {
            return Optional.empty();
        }
        if (plain.equals("USR2")) {
            throw new IllegalArgumentException(
                    "signal SIGUSR2 cannot be used: the JVM suspends threads with it, and a handler"
                            + " breaks that; use USR1, or none");
        }
        Obstacle.toSignals()
                .ifPresent(
                        obstacle -> {
                            throw new IllegalArgumentException(
                                    "signal SIG" + plain + " cannot be used: " + obstacle);
                        });
        Signal signal;
        SignalHandler ours = received -> toggle.run();
        SignalHandler before;
        try {
            signal = new Signal(plain);
            before = Signal.handle(signal, ours);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "signal SIG"
                            + plain
                            + " cannot be used ("
                            + e.getMessage()
                            + "); use USR1, or none");
        }
        if (before != SignalHandler.SIG_DFL && before != AFTERWARDS) {
            Signal.handle(signal, before);
            throw new IllegalArgumentException(
                    "signal SIG"
                            + plain
                            + " has a handler already, which is left in place; use another signal,"
                            + " or none");
        }
        return Optional.of(new ToggleSignal(signal, ours));
    }

    /** {@code USR1} of {@code SIGUSR1} or {@code usr1}. */
    private static String plainName(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        return upper.startsWith("SIG") ? upper.substring("SIG".length()) : upper;
    }

    String name() {
        return "SIG" + signal.getName();
    }

    /** Lets go of the signal; if somebody has taken it since, it stays theirs. */
    @Override
    public void close() {
        SignalHandler current = Signal.handle(signal, AFTERWARDS);
        if (current != handler) {
            Signal.handle(signal, current);
        }
    }
}
