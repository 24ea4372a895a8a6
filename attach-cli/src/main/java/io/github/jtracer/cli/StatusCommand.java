package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Session;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.trace.wire.Messages;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jtracer status <pid>}: what the tracer in a JVM is doing, a line each on stdout. */
@Command(
        name = "status",
        description = "Show what the tracer in a JVM is doing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {
    @Mixin private TargetParameter target = new TargetParameter();

    @Override
    public Integer call() {
        Jvm jvm = target.jvm();
        Map<String, String> status = Map.of("state", "none");
        if (jvm.hasAgent()) {
            // Only what was asked for: this is read by scripts.
            try (Session session = Session.open(jvm, Screen.onStandardError(true, false))) {
                if (!session.isFresh()) {
                    status = session.ask(Messages.STATUS, Messages.STATUS).fields();
                }
            } catch (IOException e) {
                throw Session.brokenOff(jvm, e);
            }
        }
        status.forEach((key, value) -> System.out.println(key + ": " + value));
        return ExitCode.SAVED;
    }
}
