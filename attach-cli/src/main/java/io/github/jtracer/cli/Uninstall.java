package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Session;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import io.github.jtracer.trace.wire.Messages;
import java.io.IOException;

/** {@code jtracer --uninstall <pid>}: whatever was left on in a JVM, off and out. */
final class Uninstall {
    private final Screen screen;

    Uninstall(Screen screen) {
        this.screen = screen;
    }

    /**
     * @param force also while somebody records, or nobody has fetched what was
     */
    int of(long pid, boolean force) {
        Jvm jvm = Jvms.attachable(pid);
        if (!jvm.hasAgent()) {
            screen.say("There is no tracer in JVM " + jvm.describe() + ": nothing to remove.");
            return ExitCode.SAVED;
        }
        try (Session session = Session.open(jvm, screen)) {
            if (session.isFresh()) {
                screen.say("There is no tracer in JVM " + jvm.describe() + ": nothing to remove.");
                return ExitCode.SAVED;
            }
            if (session.hello().get("state").equals("recording") && !force) {
                throw new Problem(
                        ExitCode.ALREADY_RECORDING,
                        "JVM "
                                + jvm.describe()
                                + " is being recorded by "
                                + session.startedBySince()
                                + ".",
                        "End that with `jtracer stop "
                                + pid
                                + "`, which saves it, or drop it with `jtracer --uninstall "
                                + pid
                                + " --force`.");
            }
            if (session.hello().get("state").equals("kept") && !force) {
                throw new Problem(
                        ExitCode.ALREADY_RECORDING,
                        "JVM "
                                + jvm.describe()
                                + " holds a recording that nobody saved, by "
                                + session.startedBySince()
                                + ".",
                        "Fetch it with `jtracer save "
                                + pid
                                + " -o FILE`, or drop it with `jtracer --uninstall "
                                + pid
                                + " --force`.");
            }
            session.ask(Messages.UNINSTALL, Messages.DONE);
            screen.say("Removed from JVM " + jvm.describe() + ".");
            return ExitCode.SAVED;
        } catch (IOException e) {
            throw Session.brokenOff(jvm, e);
        }
    }
}
