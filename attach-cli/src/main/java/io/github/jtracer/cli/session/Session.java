package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.attach.AgentConnection;
import io.github.jtracer.cli.attach.AgentJar;
import io.github.jtracer.cli.attach.Rendezvous;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** A conversation with the agent in a target; it begins with the agent's hello. */
public final class Session implements Closeable {
    private static final Duration ATTACH_LIMIT = Duration.ofSeconds(10);

    private final Jvm jvm;
    private final AgentConnection agent;
    private final Message hello;

    private Session(Jvm jvm, AgentConnection agent, Message hello) {
        this.jvm = jvm;
        this.agent = agent;
        this.hello = hello;
    }

    /**
     * Has the agent loaded, which connects, and hears its hello.
     *
     * @throws Problem if that cannot be
     */
    public static Session open(Jvm jvm, Screen screen) throws IOException {
        screen.say(
                "Attaching to JVM "
                        + jvm.describe()
                        + (jvm.container() ? " in its container" : "")
                        + " ...");
        long begin = System.nanoTime();
        Rendezvous rendezvous = Rendezvous.prepare(jvm);
        Runnable close = rendezvous::close;
        Interrupts.ofThisProcess().onLeaving(close);
        try {
            AgentConnection agent = rendezvous.meet(AgentJar.bundled(), ATTACH_LIMIT);
            try {
                Session session = new Session(jvm, agent, hello(agent));
                screen.detail("attached in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
                return session;
            } catch (IOException | RuntimeException e) {
                agent.close();
                throw e;
            }
        } finally {
            rendezvous.close();
            Interrupts.ofThisProcess().forgetLeaving(close);
        }
    }

    public Jvm jvm() {
        return jvm;
    }

    public Message hello() {
        return hello;
    }

    /** Who started the recording that is there, and when. */
    public String startedBySince() {
        return hello.get("startedBy") + " since " + time(hello.get("since"));
    }

    /**
     * Whether nothing was there before this session: the agent's jar may still be open in a JVM
     * from which the tracer was removed. The agent leaves with the session.
     */
    public boolean isFresh() {
        return hello.get("state").equals("fresh");
    }

    AgentConnection agent() {
        return agent;
    }

    /** Sends the message and returns the answer, which is of this type. */
    public Message ask(String type, String answer) throws IOException {
        agent.send(Message.of(type));
        return expect(answer);
    }

    /**
     * Reads the next message, which is of this type.
     *
     * @throws Problem if it is the agent's error
     */
    Message expect(String type) throws IOException {
        return as(type, agent.read());
    }

    Message as(String type, Message message) throws IOException {
        if (message.type().equals(type)) {
            return message;
        }
        if (message.type().equals(Messages.ERROR)) {
            throw new Problem(
                    switch (message.get("code")) {
                        case "usage", "nothing" -> ExitCode.USAGE;
                        case "recording" -> ExitCode.ALREADY_RECORDING;
                        case "refused" -> ExitCode.REFUSED;
                        default -> ExitCode.BUG;
                    },
                    message.get("what"),
                    message.get("todo"));
        }
        throw new IOException(
                "the agent said \"" + message.type() + "\" instead of \"" + type + "\"");
    }

    /** What it means that the line went dead. */
    public static Problem brokenOff(Jvm jvm, IOException e) {
        if (isDying(jvm)) {
            return new Problem(
                    ExitCode.TARGET_DIED,
                    "JVM " + jvm.describe() + " died; nothing was saved.",
                    "See its own log for why; `jtracer --attach` again once it is back.");
        }
        return new Problem(
                ExitCode.BUG,
                "The agent in JVM "
                        + jvm.describe()
                        + (e instanceof EOFException
                                ? " closed the connection."
                                : " cannot be understood: " + e.getMessage() + "."),
                "See `jtracer status " + jvm.pid() + "`; please report this.");
    }

    /** A process that is killed closes its files a moment before it is gone. */
    static boolean isDying(Jvm jvm) {
        for (int i = 0; i < 50 && jvm.isAlive(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return !jvm.isAlive();
    }

    /** Who this is, for those who find the recording running. */
    static String startedBy() {
        return "cli ("
                + System.getProperty("user.name")
                + ", pid "
                + ProcessHandle.current().pid()
                + ")";
    }

    /** An ISO instant as a time of day here. */
    private static String time(String instant) {
        try {
            return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                    .withZone(ZoneId.systemDefault())
                    .format(Instant.parse(instant));
        } catch (DateTimeParseException e) {
            return instant.isEmpty() ? "an unknown time" : instant;
        }
    }

    @Override
    public void close() {
        agent.close();
    }

    private static Message hello(AgentConnection agent) throws IOException {
        Message hello = agent.read();
        if (!hello.type().equals(Messages.HELLO)) {
            throw new IOException("the agent did not say hello but \"" + hello.type() + "\"");
        }
        return hello;
    }
}
