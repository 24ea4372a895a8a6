package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Output;
import io.github.jtracer.cli.session.Recovery;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jtracer recover}: what a program had recorded that was killed, and jtracer with it. */
@Command(
        name = "recover",
        description =
                "Save what a program had recorded that was killed (kill -9) while `jtracer run` ran"
                        + " it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RecoverCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            description = "What it left: result.json.recover, beside where it was to be saved.")
    private Path folder = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Save here. Default: where the program would have saved.")
    private @Nullable Path file;

    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() {
        Recovery recovery = new Recovery(folder, screenOptions.screen());
        Path planned = recovery.output();
        recovery.save(Output.to(file == null ? planned : file));
        return ExitCode.SAVED;
    }
}
