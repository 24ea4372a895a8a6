package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Session;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The JVM that a subcommand is about. */
final class TargetParameter {
    @Parameters(
            paramLabel = "JVM",
            converter = TargetName.Converter.class,
            description = "The JVM: its pid, or a part of its name.")
    private @Nullable TargetName name;

    /** The JVM; it has an agent. */
    interface WithAgent {
        void run(Session session) throws IOException;
    }

    private static Problem none(Jvm jvm) {
        return new Problem(
                ExitCode.USAGE,
                "There is no tracer in JVM " + jvm.describe() + ".",
                "Record it with `jtracer --attach " + jvm.pid() + "`.");
    }

    Jvm jvm() {
        return Jvms.attachable(Objects.requireNonNull(name).pid());
    }

    /**
     * Talks to the agent that is in the JVM already.
     *
     * @throws Problem if there is none: looking must not change anything
     */
    void withAgent(Jvm jvm, Screen screen, WithAgent action) {
        if (!jvm.hasAgent()) {
            throw none(jvm);
        }
        try (Session session = Session.open(jvm, screen)) {
            if (session.isFresh()) {
                throw none(jvm);
            }
            action.run(session);
        } catch (IOException e) {
            throw Session.brokenOff(jvm, e);
        }
    }
}
