package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.core.own.OwnThreads;
import io.github.jtracer.core.weave.WeavingReport;
import io.github.jtracer.probe.Recorder;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The agent's end of the connection to a command. The connection is a lease: when it ends, whatever
 * the command had started is stopped.
 *
 * <p>One thread reads, always, so that the end of the connection is seen at once. What takes long
 * (weaving, progress, streaming) is done on others; they take turns with writing.
 */
final class Session implements Runnable, RecordingOwner {
    private static final long PROGRESS_MILLIS = 500;
    private static final int BUFFER_BYTES = 1 << 16;

    /** A command that does not read must not hold up the target's end for longer. */
    private static final long EXIT_MILLIS = 10_000;

    /** What the command did with the recording. */
    private enum Outcome {
        OPEN,
        SAVED,
        KEEP,
        GONE
    }

    private final Core core;
    private final Tracer tracer;
    private final Path socket;
    private final Object writing = new Object();
    private DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    private volatile SocketChannel connection;
    private Outcome outcome = Outcome.OPEN;
    private volatile boolean ownsRecording;

    /** Whether somebody was there to be told that it records; else nobody will want it. */
    private volatile boolean announced;

    /** How much has been said of what could not be woven. */
    private volatile int skippedAtStart;

    /** Weaves for this session, or null. Used by the reading thread only. */
    private Thread starting;

    Session(Core core, Tracer tracer, Path socket) {
        this.core = core;
        this.tracer = tracer;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection = channel;
            channel.connect(UnixDomainSocketAddress.of(socket));
            out =
                    new DataOutputStream(
                            new BufferedOutputStream(UnixStreams.out(channel), BUFFER_BYTES));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(UnixStreams.in(channel)));
            tracer.awaitEnding();
            send(Greeting.hello(core, tracer));
            while (handle(Message.read(in))) {
                // One after the other, until the command has what it wants.
            }
        } catch (IOException e) {
            // The command has gone. What that means is dealt with below.
        } finally {
            gone();
            awaitStarting();
            core.sessionEnded();
        }
    }

    /** Whether there is more to come. */
    private boolean handle(Message message) throws IOException {
        switch (message.type()) {
            case Messages.START -> {
                Thread thread = OwnThreads.make("jtracer-start", () -> start(message));
                starting = thread;
                thread.start();
            }
            case Messages.STATUS -> send(new Message(Messages.STATUS, Status.of(tracer)));
            case Messages.STOP -> stop();
            case Messages.SAVE -> OwnThreads.start("jtracer-save", this::sendKept);
            case Messages.SAVED -> resolve(Outcome.SAVED);
            case Messages.KEEP -> resolve(Outcome.KEEP);
            case Messages.UNINSTALL -> {
                core.uninstall();
                send(Message.of(Messages.DONE, "uninstalled", "true"));
                return false;
            }
            default ->
                    send(
                            Message.of(
                                    Messages.ERROR,
                                    "code",
                                    ProblemException.USAGE,
                                    "what",
                                    "The agent does not know the request '" + message.type() + "'.",
                                    "todo",
                                    "Use the same version of jtracer for command and agent."));
        }
        return true;
    }

    private void start(Message message) {
        try {
            Settings settings = tracer.defaults().with(Arguments.of(message.fields()));
            if (outcome() == Outcome.GONE) {
                return;
            }
            ownsRecording = true;
            LiveRecording recording = tracer.start(settings, true, this);
            announced = outcome() != Outcome.GONE;
            if (!announced) {
                tracer.requestStop("disconnect");
            }
            skippedAtStart = recording.report().skipped();
            send(Greeting.woven(recording));
            while (!recording.awaitStopped(PROGRESS_MILLIS)) {
                try {
                    send(progress(recording, Messages.PROGRESS));
                } catch (OutOfMemoryError e) {
                    // The target's heap is full; the recording goes on.
                }
            }
        } catch (ProblemException e) {
            refuse(e);
        } catch (IllegalArgumentException e) {
            refuse(
                    new ProblemException(
                            ProblemException.USAGE, e.getMessage() + ".", "Correct it."));
        } catch (IOException e) {
            // The reading thread sees that the command has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            refuse(
                    new ProblemException(
                            ProblemException.FAILED,
                            "The agent failed: " + e + ".",
                            "The target is as it was; please report this."));
        }
    }

    private void refuse(ProblemException problem) {
        ownsRecording = false;
        try {
            send(
                    Message.of(
                            Messages.ERROR,
                            "code",
                            problem.code(),
                            "what",
                            String.valueOf(problem.getMessage()),
                            "todo",
                            problem.todo()));
        } catch (IOException e) {
            // The reading thread sees that the command has gone.
        }
    }

    private void stop() {
        try {
            if (ownsRecording) {
                tracer.requestStop("command");
            } else {
                OwnThreads.start("jtracer-stop", this::stopOthers);
            }
        } catch (ProblemException e) {
            refuse(e);
        }
    }

    /** Somebody else's recording: whoever started it gets it. */
    private void stopOthers() {
        try {
            LiveRecording recording = tracer.stop("command", Long.MAX_VALUE / 1_000_000);
            send(
                    Message.of(
                            Messages.DONE,
                            "uninstalled",
                            "false",
                            "startedBy",
                            recording.settings().startedBy(),
                            "file",
                            recording.settings().file()));
        } catch (ProblemException e) {
            refuse(e);
        } catch (IOException e) {
            // The command has gone; the recording has stopped all the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stopped(LiveRecording recording) {
        boolean delivered = false;
        try {
            synchronized (writing) {
                stopMessage(recording).write(out);
                Message.of(Messages.RECORDING).write(out);
                recording.writeTo(out);
                out.flush();
            }
            delivered = awaitOutcome() == Outcome.SAVED;
        } catch (IOException e) {
            // Kept below.
        } catch (Throwable e) {
            // The stream is broken off in the middle: the end of the connection says so.
            Failures.last(e);
            hangUp();
        }
        ownsRecording = false;
        if (!delivered && (announced || outcome() != Outcome.GONE)) {
            try {
                tracer.keep(recording);
            } catch (IOException e) {
                Failures.last("a recording could not be kept: " + e.getMessage());
            }
        }
        tracer.ending();
        done();
    }

    @Override
    public long exitMillis() {
        return EXIT_MILLIS;
    }

    private void sendKept() {
        KeptRecording kept = tracer.kept().orElse(null);
        try {
            if (kept == null) {
                refuse(
                        new ProblemException(
                                ProblemException.NOTHING,
                                "There is no recording to save.",
                                "Start one with jtracer --attach."));
                return;
            }
            synchronized (writing) {
                Message.of(Messages.STOPPED, "reason", "kept", "startedBy", kept.startedBy())
                        .write(out);
                Message.of(Messages.RECORDING).write(out);
                kept.writeTo(out);
                out.flush();
            }
            if (awaitOutcome() == Outcome.SAVED) {
                tracer.forgetKept();
            }
            done();
        } catch (IOException e) {
            // It stays where it is.
        }
    }

    /** Says goodbye; after it the command closes the connection. */
    private void done() {
        try {
            send(
                    Message.of(
                            Messages.DONE,
                            "uninstalled",
                            String.valueOf(!core.permanent() && tracer.kept().isEmpty())));
        } catch (IOException e) {
            // It knows.
        }
    }

    private static Message progress(LiveRecording recording, String type) {
        Recorder.Progress progress = recording.progress();
        return Message.of(
                type,
                "reason",
                recording.stoppedBy(),
                "millis",
                String.valueOf(recording.millis()),
                "calls",
                String.valueOf(progress.words() / 2),
                "threads",
                String.valueOf(progress.threads()),
                "lost",
                String.valueOf(progress.lostCalls()));
    }

    private Message stopMessage(LiveRecording recording) {
        WeavingReport report = recording.report();
        Message message = progress(recording, Messages.STOPPED);
        message.fields().put("late", String.valueOf(report.late()));
        message.fields().put("lateNames", String.join("\n", report.firstLate()));
        message.fields().put("details", String.join("\n", report.skippedAfter(skippedAtStart)));
        return message;
    }

    private void send(Message message) throws IOException {
        synchronized (writing) {
            message.write(out);
        }
    }

    private void hangUp() {
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void gone() {
        resolve(Outcome.GONE);
        if (ownsRecording) {
            try {
                tracer.requestStop("disconnect");
            } catch (ProblemException e) {
                // It has stopped already.
            }
        }
    }

    /** What has begun to weave must not be left alone by an agent that thinks it is idle. */
    private void awaitStarting() {
        try {
            if (starting != null) {
                starting.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Outcome outcome() {
        return outcome;
    }

    private synchronized void resolve(Outcome how) {
        if (outcome == Outcome.OPEN) {
            outcome = how;
            notifyAll();
        }
    }

    private synchronized Outcome awaitOutcome() {
        boolean interrupted = false;
        while (outcome == Outcome.OPEN) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }
}
