package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.core.own.OwnThreads;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The one tracer of this JVM: what it is doing, and what it may do next.
 *
 * <p>There is at most one recording. Whoever holds the tracer's monitor changes what is current;
 * weaving and writing, which take long, happen outside of it, in the states {@link State#WEAVING}
 * and {@link State#STOPPING} that nobody else leaves.
 */
final class Tracer {
    /** What the tracer is doing. */
    enum State {
        INSTALLED,
        WEAVING,
        RECORDING,
        STOPPING
    }

    private static final long TEND_MILLIS = 200;

    private static final long ENDING_MILLIS = 3000;

    private static final long RETIRE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Instrumentation instrumentation;
    private volatile Settings defaults = Settings.DEFAULTS;
    private volatile State state = State.INSTALLED;
    private volatile LiveRecording current;
    private volatile KeptRecording kept;
    private String stopWhenWoven;

    /** The owner has dealt with the recording; what is left is to give its memory back. */
    private boolean ending;

    private Thread exitHook;

    Tracer(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** What recordings are when nobody asks otherwise. */
    Settings defaults() {
        return defaults;
    }

    void defaults(Settings settings) {
        defaults = settings;
    }

    State state() {
        return state;
    }

    Optional<LiveRecording> current() {
        return Optional.ofNullable(current);
    }

    Optional<KeptRecording> kept() {
        return Optional.ofNullable(kept);
    }

    /**
     * Weaves and records; returns when the probes are in.
     *
     * @param needsMatch whether it is an error if no loaded method matches
     * @param whenDone called once with the stopped recording, on the thread that stopped it
     * @throws ProblemException if a recording runs already, or this one cannot be started; the
     *     target is then as it was
     */
    LiveRecording start(Settings settings, boolean needsMatch, RecordingOwner whenDone) {
        awaitEnding();
        synchronized (this) {
            if (state != State.INSTALLED) {
                throw busy();
            }
            state = State.WEAVING;
        }
        LiveRecording recording = null;
        try {
            recording = LiveRecording.prepare(instrumentation, settings);
            synchronized (this) {
                current = recording;
            }
            recording.start();
            if (needsMatch && recording.nothingMatches()) {
                throw NothingMatches.problem(settings, recording);
            }
            addExitHook(whenDone);
            LiveRecording started = recording;
            OwnThreads.start("jtracer-recording", () -> tend(started, whenDone));
            String stopNow;
            synchronized (this) {
                state = State.RECORDING;
                stopNow = stopWhenWoven;
                stopWhenWoven = null;
            }
            if (stopNow != null) {
                requestStop(stopNow);
            }
            return recording;
        } catch (Throwable e) {
            try {
                removeExitHook();
                if (recording != null) {
                    recording.stop("failed");
                    recording.free();
                }
            } finally {
                ended();
            }
            throw e;
        }
    }

    private synchronized ProblemException busy() {
        LiveRecording recording = current;
        String who = recording == null ? "somebody" : recording.settings().startedBy();
        Instant since = recording == null ? Instant.now() : recording.begun();
        return new ProblemException(
                ProblemException.RECORDING,
                "A recording that " + who + " started at " + since + " is running.",
                "Wait until it has ended, or stop it.");
    }

    /**
     * Stops the running recording and returns at once when it has stopped; its owner deals with it
     * on another thread. One that is still being woven stops as soon as it is.
     *
     * @throws ProblemException if nothing is recording
     */
    LiveRecording requestStop(String reason) {
        LiveRecording recording;
        synchronized (this) {
            recording = current;
            if (recording == null) {
                throw new ProblemException(
                        ProblemException.NOTHING,
                        "Nothing is recording.",
                        "Start a recording first.");
            }
            if (state == State.WEAVING) {
                stopWhenWoven = reason;
                return recording;
            }
            state = State.STOPPING;
        }
        recording.stop(reason);
        return recording;
    }

    /**
     * As {@link #requestStop}, and waits until the owner has dealt with it.
     *
     * @param millis how long to wait at most
     * @throws ProblemException if nothing is recording
     */
    LiveRecording stop(String reason, long millis) throws InterruptedException {
        LiveRecording recording = requestStop(reason);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            while (current == recording && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        }
        return recording;
    }

    /** Waits until nothing is recorded, woven or saved; whether that is so. */
    synchronized boolean awaitIdle(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (current != null && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return current == null;
    }

    /** The housekeeping of one recording, and at its end the hand-over to its owner. */
    private void tend(LiveRecording recording, RecordingOwner owner) {
        long nanos = recording.settings().nanos();
        long started = recording.startMoment().nanos();
        long retired = started;
        try {
            while (!recording.awaitStopped(untilNext(nanos, started))) {
                long now = System.nanoTime();
                if (nanos > 0 && now - started >= nanos) {
                    stopping();
                    recording.stop("time");
                }
                boolean retire = now - retired > RETIRE_NANOS;
                try {
                    recording.tend(retire);
                    retired = retire ? now : retired;
                } catch (OutOfMemoryError e) {
                    // The target's heap is full. It can wait until the next time.
                }
            }
            owner.stopped(recording);
        } catch (InterruptedException e) {
            recording.stop("interrupted");
        } catch (Throwable e) {
            try {
                recording.stop("failed");
            } finally {
                Failures.last(e);
            }
        } finally {
            try {
                recording.free();
                removeExitHook();
            } finally {
                ended();
            }
        }
    }

    private synchronized void ended() {
        ending = false;
        current = null;
        stopWhenWoven = null;
        state = State.INSTALLED;
        notifyAll();
    }

    /** To be said by the owner before it says so to others: who comes next then waits a moment. */
    synchronized void ending() {
        ending = true;
    }

    synchronized void awaitEnding() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDING_MILLIS);
        try {
            while (ending && deadline - System.nanoTime() > 0) {
                wait(ENDING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stopping() {
        state = State.STOPPING;
    }

    private static long untilNext(long nanos, long started) {
        if (nanos == 0) {
            return TEND_MILLIS;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(nanos - (System.nanoTime() - started)) + 1;
        return Math.max(1, Math.min(TEND_MILLIS, left));
    }

    /** Puts it where the next attach can fetch it; what was kept before is replaced. */
    void keep(LiveRecording recording) throws IOException {
        KeptRecording fresh = KeptRecording.keep(recording);
        forgetKept();
        kept = fresh;
    }

    void forgetKept() {
        KeptRecording old = kept;
        kept = null;
        if (old != null) {
            old.delete();
        }
    }

    /** If the JVM ends meanwhile, the recording is stopped and its owner deals with it first. */
    private synchronized void addExitHook(RecordingOwner owner) {
        exitHook = new Thread(() -> exit(owner), "jtracer-exit");
        try {
            Runtime.getRuntime().addShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
            exitHook = null;
        }
    }

    private void exit(RecordingOwner owner) {
        try {
            stop("exit", owner.exitMillis());
        } catch (ProblemException e) {
            // It has just ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void removeExitHook() {
        if (exitHook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(exitHook);
            } catch (IllegalStateException e) {
                // The JVM is ending: it is running.
            }
            exitHook = null;
        }
    }
}
