package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Output;
import io.github.jtracer.formats.Converter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jtracer combine}: traces of several processes on one timeline. */
@Command(
        name = "combine",
        description =
                "Put traces of several processes on one timeline, by the wall clock of each at its"
                        + " start.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CombineCommand implements Callable<Integer> {
    @Parameters(arity = "2..*", paramLabel = "TRACE", description = "Two traces or more.")
    private List<Path> traces = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Save here. Default: combined.json.")
    private Path to = Path.of("combined.json");

    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() {
        Output output = Output.ofConversion(to);
        try {
            Converter.combine(traces, output.file());
        } catch (IOException e) {
            throw new Problem(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
        screenOptions.screen().success("Saved " + output.file() + ".");
        return ExitCode.SAVED;
    }
}
