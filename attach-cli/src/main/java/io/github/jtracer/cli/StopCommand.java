package io.github.jtracer.cli;

import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jtracer stop <pid>}: ends what somebody else left running; whoever started it gets it. */
@Command(
        name = "stop",
        description = "Stop what is recording in a JVM, whoever started it; it is saved there.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StopCommand implements Callable<Integer> {
    @Mixin private TargetParameter target = new TargetParameter();
    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() {
        Screen screen = screenOptions.screen();
        target.withAgent(
                target.jvm(),
                screen,
                session -> {
                    Message done = session.ask(Messages.STOP, Messages.DONE);
                    screen.say(
                            "Stopped the recording by "
                                    + done.get("startedBy")
                                    + (done.get("file").isEmpty()
                                            ? ", who saves it."
                                            : "; it is in " + done.get("file") + "."));
                });
        return ExitCode.SAVED;
    }
}
