package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Output;
import io.github.jtracer.cli.session.Saving;
import io.github.jtracer.cli.target.Jvm;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jtracer save <pid>}: fetches what a target has kept. */
@Command(
        name = "save",
        description = "Save a recording that a JVM has kept because nobody fetched it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SaveCommand implements Callable<Integer> {
    @Mixin private TargetParameter target = new TargetParameter();
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() {
        Screen screen = screenOptions.screen();
        Jvm jvm = target.jvm();
        Output file = output.of(jvm, false);
        target.withAgent(jvm, screen, session -> new Saving(session, file, screen).fetchKept());
        return ExitCode.SAVED;
    }
}
