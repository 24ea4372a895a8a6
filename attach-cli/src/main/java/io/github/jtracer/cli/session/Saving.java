package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a recording: take it over, write it, and only then let the target forget it. */
public final class Saving {
    /** Names in a message. */
    private static final int SOME = 5;

    private final Session session;
    private final Jvm jvm;
    private final Output output;
    private final Screen screen;

    public Saving(Session session, Output output, Screen screen) {
        this.session = session;
        this.jvm = session.jvm();
        this.output = output;
        this.screen = screen;
    }

    /** Takes what the target kept, and saves it. */
    public void fetchKept() throws IOException {
        save(session.ask(Messages.SAVE, Messages.STOPPED));
    }

    /**
     * Saves what follows this message.
     *
     * @throws Problem if it could not be saved
     */
    void save(Message stopped) throws IOException {
        session.expect(Messages.RECORDING);
        if (stopped.get("reason").equals("exit")) {
            screen.say("The target is ending; saving what was recorded.");
        }
        Totals totals;
        try (Scratch scratch = scratch()) {
            totals = write(scratch);
        } catch (IOException e) {
            throw notSaved(e);
        }
        release();
        report(stopped, totals);
    }

    private Scratch scratch() throws IOException {
        try {
            return Scratch.beside(output.file());
        } catch (IOException e) {
            // The line must be free for messages again.
            Spool.drain(session.agent().stream());
            throw e;
        }
    }

    private Totals write(Scratch scratch) throws IOException {
        Path recording = scratch.file("recording");
        boolean whole = Spool.fill(recording, session.agent().stream());
        if (whole) {
            screen.live("Writing " + output.display() + " ...");
            return output.write(recording, true, scratch);
        }
        if (Session.isDying(jvm) && Files.size(recording) > 0) {
            throw salvaged(recording, scratch);
        }
        throw Session.brokenOff(jvm, new EOFException());
    }

    /** The target was killed while it handed the recording over: what came is good. */
    private Problem salvaged(Path recording, Scratch scratch) {
        try {
            Totals totals = output.write(recording, false, scratch);
            return new Problem(
                    ExitCode.TARGET_DIED,
                    "JVM " + jvm.describe() + " died while its recording was being fetched.",
                    "The "
                            + Figures.count(totals.calls(), "call")
                            + " that had come are in "
                            + output.display()
                            + ".");
        } catch (IOException e) {
            return Session.brokenOff(jvm, e);
        }
    }

    private void release() {
        try {
            session.ask(Messages.SAVED, Messages.DONE);
        } catch (IOException | Problem e) {
            // The target has ended meanwhile, or cleans up by itself: the file is there.
            screen.detail("the target ended without a goodbye");
        }
    }

    private Problem notSaved(IOException e) {
        boolean kept;
        try {
            session.ask(Messages.KEEP, Messages.DONE);
            kept = true;
        } catch (IOException | Problem gone) {
            kept = false;
        }
        return new Problem(
                ExitCode.NOT_SAVED,
                "Output "
                        + output.file()
                        + " could not be written: "
                        + Reason.of(e, output.file())
                        + ".",
                kept
                        ? "The recording is kept in the target: `jtracer save "
                                + jvm.pid()
                                + " -o OTHER`."
                        : "The target has ended, and the recording with it.");
    }

    private void report(Message stopped, Totals totals) {
        screen.success(
                "Saved "
                        + output.display()
                        + " ("
                        + Figures.bytes(output.file().toFile().length())
                        + "): "
                        + Figures.count(totals.calls(), "call")
                        + " on "
                        + Figures.count(totals.threads(), "thread")
                        + (stopped.getLong("millis", -1) < 0
                                ? ""
                                : " in " + Figures.seconds(stopped.getLong("millis", 0)))
                        + ", "
                        + (totals.lostCalls() == 0 ? "none" : Figures.count(totals.lostCalls()))
                        + " lost.");
        warnOfLost(totals, screen);
        warnOfLate(stopped);
        screen.detail(stopped.get("details"));
        screen.say(Output.lookAt(output.display()));
    }

    private void warnOfLate(Message stopped) {
        long late = stopped.getLong("late", 0);
        if (late > 0) {
            List<String> names = stopped.get("lateNames").lines().limit(SOME).toList();
            long others = late - names.size();
            screen.warn(
                    Figures.count(late, "class", "classes")
                            + " used for the first time while the last were woven; first calls may"
                            + " be missing: "
                            + String.join(", ", names)
                            + (others > 0 ? " and " + Figures.count(others) + " more" : "")
                            + ". Record again, and they are all there.");
        }
    }

    static void warnOfLost(Totals totals, Screen screen) {
        if (totals.lostCalls() > 0) {
            screen.warn(
                    Figures.count(totals.lostCalls(), "call")
                            + " lost, because the buffer was full. Keep more with a larger --buffer,"
                            + " or record less: a narrower --include, or --min-duration 10us.");
        }
    }
}
