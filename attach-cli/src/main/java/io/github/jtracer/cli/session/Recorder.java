package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.attach.AgentConnection;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One recording of one target, from the start to the saved file.
 *
 * <p>The target keeps the time and stops by itself; this side asks, shows, and saves. As long as it
 * runs, its connection is the recording's lease.
 */
public final class Recorder {
    private final Jvm jvm;
    private final Map<String, String> options;
    private final boolean recoverable;
    private final Output output;
    private final Screen screen;

    private enum Phase {
        ATTACHING,
        RECORDING,
        SAVING
    }

    private volatile Phase phase = Phase.ATTACHING;
    private volatile boolean stopAsked;

    /**
     * @param options fields of {@link Messages#START}: what the user asked for, and nothing else
     * @param recoverable whether the recording is to survive when the JVM is killed
     * @throws Problem if that cannot be
     */
    public Recorder(
            Jvm jvm,
            Map<String, String> options,
            boolean recoverable,
            Output output,
            Screen screen) {
        if (recoverable) {
            Recovery.refuseIfThere(output);
            if (jvm.container()) {
                throw new Problem(
                        ExitCode.USAGE,
                        "JVM " + jvm.describe() + " is in a container: it sees other folders.",
                        "Leave out --recoverable, or run jtracer in that container.");
            }
        }
        this.jvm = jvm;
        this.options = options;
        this.recoverable = recoverable;
        this.output = output;
        this.screen = screen;
    }

    /**
     * Records and saves.
     *
     * @throws Problem if nothing was recorded, or it could not be saved
     */
    public void run() {
        Interrupts interrupts = Interrupts.ofThisProcess();
        Thread self = Thread.currentThread();
        Runnable leave =
                () -> {
                    if (phase == Phase.ATTACHING) {
                        stopAsked = true;
                        self.interrupt();
                    }
                };
        interrupts.onFirst(leave);
        try (Session session = Session.open(jvm, screen);
                Silence silence = new Silence(jvm, screen)) {
            record(session, silence);
        } catch (IOException e) {
            if (stopAsked) {
                throw new Problem(ExitCode.INTERRUPTED, "Left before anything was recorded.", "");
            }
            throw recovered(Session.brokenOff(jvm, e));
        } catch (Problem problem) {
            throw recovered(problem);
        } finally {
            interrupts.forgetFirst(leave);
        }
    }

    /** If the target was killed, what it left is saved. */
    private Problem recovered(Problem problem) {
        Path folder = Recovery.folderOf(output.file());
        if (!recoverable
                || problem.exitCode() != ExitCode.TARGET_DIED
                || !Files.isDirectory(folder)) {
            return problem;
        }
        new Recovery(folder, screen).save(output);
        return new Problem(
                ExitCode.TARGET_DIED,
                "JVM " + jvm.describe() + " was killed while it was recorded.",
                Output.lookAt(output.display()));
    }

    private void record(Session session, Silence silence) throws IOException {
        AgentConnection agent = session.agent();
        refuseIfBusy(session);
        sayIfInstalled(session.hello());
        Map<String, String> fields = new LinkedHashMap<>(options);
        fields.put("startedBy", Session.startedBy());
        if (recoverable) {
            fields.put("recoverable", "true");
            fields.put("file", output.file().toString());
        }
        agent.send(new Message(Messages.START, fields));
        Message woven = session.expect(Messages.WOVEN);
        phase = Phase.RECORDING;
        silence.expectProgress();
        Runnable stop = () -> askToStop(agent);
        Interrupts interrupts = Interrupts.ofThisProcess();
        interrupts.onFirst(stop);
        interrupts.farewell(
                "Left without saving. What was recorded waits in the target: `jtracer save "
                        + jvm.pid()
                        + " -o FILE`.");
        // Said only now: whoever reads that Ctrl+C saves may press it at once.
        sayWoven(woven);
        if (recoverable && !Files.isDirectory(Recovery.folderOf(output.file()))) {
            screen.warn(
                    "The target cannot keep its buffer beside "
                            + output.display()
                            + ": if it is killed, the recording is lost.");
        }
        try {
            Message message;
            while ((message = agent.read()).type().equals(Messages.PROGRESS)) {
                silence.heard();
                show(message);
            }
            phase = Phase.SAVING;
            silence.close();
            new Saving(session, output, screen).save(session.as(Messages.STOPPED, message));
        } finally {
            interrupts.forgetFirst(stop);
        }
    }

    private void askToStop(AgentConnection agent) {
        if (phase == Phase.SAVING) {
            screen.say("Saving; Ctrl+C again leaves without.");
            return;
        }
        try {
            agent.send(Message.of(Messages.STOP));
            screen.say("Stopping ...");
        } catch (IOException e) {
            // The target has gone; the thread that reads finds out too.
        }
    }

    private void refuseIfBusy(Session session) {
        switch (session.hello().get("state")) {
            case "recording" ->
                    throw new Problem(
                            ExitCode.ALREADY_RECORDING,
                            "JVM "
                                    + jvm.describe()
                                    + " is already being recorded by "
                                    + session.startedBySince()
                                    + ".",
                            "Wait for it, or end it with `jtracer stop " + jvm.pid() + "`.");
            case "kept" ->
                    screen.warn(
                            "This JVM still holds a recording that nobody saved, by "
                                    + session.startedBySince()
                                    + ": `jtracer save "
                                    + jvm.pid()
                                    + " -o FILE` fetches it.");
            default -> {}
        }
    }

    private void sayIfInstalled(Message hello) {
        if (!hello.get("state").equals("installed")) {
            return;
        }
        String settings = hello.get("settings");
        screen.say(
                "The tracer installed in this JVM is used, with its own settings"
                        + (settings.isEmpty() ? "." : ": " + settings + "."));
        if (!options.isEmpty()) {
            screen.say(
                    "For this recording your options come first: "
                            + String.join(", ", options.keySet())
                            + ".");
        }
    }

    private void sayWoven(Message woven) {
        long methods = woven.getLong("methods", 0);
        long pause = woven.getLong("pauseMillis", -1);
        screen.say("Tracing " + woven.get("scope") + ".");
        if (!options.containsKey("include")) {
            screen.say(
                    "  (wider: --include 'org.library.**'; everything but the JDK:"
                            + " --include '**')");
        }
        if (methods == 0) {
            screen.warn(
                    "No method of a loaded class is included: check the pattern. Classes that are"
                            + " loaded from now on are traced if they match.");
        }
        screen.say(
                Figures.count(methods, "method")
                        + " of "
                        + Figures.count(woven.getLong("classes", 0), "class", "classes")
                        + " woven in "
                        + woven.getLong("millis", 0)
                        + " ms"
                        + (pause < 0 ? "" : ", longest pause " + pause + " ms")
                        + (woven.getLong("trivial", 0) == 0
                                ? ""
                                : "; "
                                        + Figures.count(woven.getLong("trivial", 0))
                                        + " trivial left alone (--trivial)")
                        + (woven.getLong("skipped", 0) == 0
                                ? ""
                                : "; "
                                        + Figures.count(woven.getLong("skipped", 0))
                                        + " skipped (--verbose)")
                        + ".");
        long postponed = woven.getLong("postponed", 0);
        if (postponed > 0) {
            screen.say(
                    "  ("
                            + Figures.count(postponed, "class", "classes")
                            + " that nobody has used yet: woven while it records)");
        }
        screen.detail(woven.get("details"));
        screen.say(
                options.containsKey("seconds")
                        ? "Recording for " + options.get("seconds") + " s; Ctrl+C stops and saves."
                        : "Recording until Ctrl+C, which stops and saves.");
    }

    private void show(Message progress) {
        long lost = progress.getLong("lost", 0);
        screen.live(
                Figures.seconds(progress.getLong("millis", 0))
                        + "  "
                        + Figures.count(progress.getLong("calls", 0), "call")
                        + "  "
                        + Figures.count(progress.getLong("threads", 0), "thread")
                        + (lost == 0 ? "" : "  " + Figures.count(lost) + " lost"));
    }
}
