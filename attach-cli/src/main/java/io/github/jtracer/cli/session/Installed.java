package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.attach.Signals;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import io.github.jtracer.formats.Converter;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A recording of a process that installed the tracer itself: its signal starts it, and the same
 * signal ends it. The target decides what is recorded and where it is saved.
 *
 * <p>The signal is a toggle, so that it is sent only when what it will do is known: the tracer is
 * asked before. The signal kills a process that does not handle it, so that is looked at before
 * anything else.
 */
public final class Installed {
    private static final String SIGNAL = "USR1";
    private static final long START_MILLIS = 20_000;
    private static final long SAVE_MILLIS = 60_000;
    private static final long POLL_MILLIS = 5;

    private final Jvm jvm;
    private final Optional<Output> copy;
    private final Screen screen;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /**
     * @param copy where to put, in that format, what the target has saved; it keeps its own file
     * @throws Problem if it has no such format
     */
    public Installed(Jvm jvm, Optional<Output> copy, Screen screen) {
        copy.filter(output -> !Converter.canWrite(output.file()))
                .ifPresent(
                        output -> {
                            throw new Problem(
                                    ExitCode.USAGE,
                                    "What an installed tracer saves cannot become "
                                            + output.display()
                                            + ".",
                                    "Let it end in " + Converter.FORMATS + ".");
                        });
        this.jvm = jvm;
        this.copy = copy;
        this.screen = screen;
    }

    /**
     * Starts, waits, stops, and waits for the file.
     *
     * @param millis how long to record; 0: until Ctrl+C
     * @throws Problem if the process did not install the tracer, or does not react
     */
    public void record(long millis) {
        refuseUnlessHandled();
        Interrupts interrupts = Interrupts.ofThisProcess();
        Runnable stop = interrupted::countDown;
        interrupts.onFirst(stop);
        try {
            if (jvm.isBeingRecorded()) {
                refuseIfRecording();
            }
            signal();
            screen.say(
                    "Sent SIG"
                            + SIGNAL
                            + " to JVM "
                            + jvm.describe()
                            + ", which starts recording ...");
            awaitRecording();
            try (Session session = Session.open(attachable(), screen)) {
                record(session, millis);
            }
        } catch (IOException e) {
            throw Session.brokenOff(jvm, e);
        } finally {
            interrupts.forgetFirst(stop);
        }
    }

    private void record(Session session, long millis) throws IOException {
        Message started = awaitState(session, "recording", START_MILLIS);
        String file = started.get("file");
        screen.say(
                "Recording "
                        + started.get("scope")
                        + (millis > 0 ? " for " + Figures.seconds(millis) : "")
                        + "; Ctrl+C stops and saves.");
        await(millis);
        Message status = session.ask(Messages.STATUS, Messages.STATUS);
        if (status.get("state").equals("recording")) {
            signal();
        } else {
            screen.say("The target had ended the recording by itself: its own limit.");
        }
        Message saved = awaitState(session, "", SAVE_MILLIS);
        Path path = jvm.outside(file);
        if (file.isEmpty() || !Files.isRegularFile(path)) {
            throw new Problem(
                    ExitCode.NOT_SAVED,
                    "The target did not save " + (file.isEmpty() ? "the recording" : file) + ".",
                    saved.get("failure").isEmpty()
                            ? "Its log says why."
                            : "It says: " + saved.get("failure") + ".");
        }
        screen.success(
                "Saved " + path + " (" + Figures.bytes(Files.size(path)) + "), by the target.");
        copy.ifPresentOrElse(
                output -> copy(path, output), () -> screen.say(Output.lookAt(path.toString())));
    }

    private void copy(Path saved, Output output) {
        try {
            output.writeCopyOf(saved);
        } catch (IOException e) {
            throw new Problem(
                    ExitCode.NOT_SAVED,
                    "Output "
                            + output.file()
                            + " could not be written: "
                            + Reason.of(e, output.file())
                            + ".",
                    "What the target saved is in " + saved + ".");
        }
        screen.success("Copied to " + output.display() + ".");
        screen.say(Output.lookAt(output.display()));
    }

    private void refuseUnlessHandled() {
        if (!jvm.handlesInstalledSignal()) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "JVM "
                            + jvm.describe()
                            + " has not installed the tracer: it has no handler for SIG"
                            + SIGNAL
                            + ", which would end it.",
                    "Use `jtracer --attach " + jvm.pid() + "`, which needs no preparation.");
        }
    }

    private void refuseIfRecording() throws IOException {
        try (Session session = Session.open(attachable(), screen)) {
            if (session.hello().get("state").equals("recording")) {
                throw new Problem(
                        ExitCode.ALREADY_RECORDING,
                        "JVM "
                                + jvm.describe()
                                + " is already being recorded by "
                                + session.startedBySince()
                                + ".",
                        "Wait for it, or end it with `jtracer stop " + jvm.pid() + "`.");
            }
        }
    }

    private Jvm attachable() {
        return Jvms.attachable(jvm.pid());
    }

    private void signal() throws IOException {
        refuseUnlessHandled();
        Signals.send(jvm.pid(), SIGNAL);
    }

    /** From outside: the target is busy loading its agent, and must not have to load ours first. */
    private void awaitRecording() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!jvm.isBeingRecorded()) {
            if (!jvm.isAlive()) {
                throw new IOException("the target has gone");
            }
            if (System.nanoTime() > deadline) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "JVM " + jvm.describe() + " got the signal and does not record.",
                        "Its log says why; another handler than the tracer's may have taken it.");
            }
            sleep(POLL_MILLIS);
        }
    }

    /** Waits for this state, or, if it is empty, for the end of recording and saving. */
    private Message awaitState(Session session, String state, long millis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            Message status = session.ask(Messages.STATUS, Messages.STATUS);
            String now = status.get("state");
            if (state.isEmpty()
                    ? !now.equals("recording") && !now.equals("saving")
                    : now.equals(state)) {
                return status;
            }
            if (System.nanoTime() > deadline) {
                throw new Problem(
                        ExitCode.REFUSED,
                        "JVM " + jvm.describe() + " got the signal and is still " + now + ".",
                        "Its log says why.");
            }
            sleep(POLL_MILLIS);
        }
    }

    /** So long (0: for ever), or until Ctrl+C. */
    private void await(long millis) {
        try {
            if (millis > 0) {
                interrupted.await(millis, TimeUnit.MILLISECONDS);
            } else {
                interrupted.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
