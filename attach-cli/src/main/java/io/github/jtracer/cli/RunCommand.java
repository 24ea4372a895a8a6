package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Launch;
import io.github.jtracer.cli.session.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jtracer run -- java ...}: records a program from its first instruction to its exit. */
@Command(
        name = "run",
        description = "Start a program and record it from its first instruction to its exit.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Mixin private RecordingOptions recording = new RecordingOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Save here: .json, .json.gz, .html, .pftrace, .jtr (raw). Default: result.json.")
    private Path file = Path.of(OutputOptions.DEFAULT);

    @Option(
            names = "--children",
            description =
                    "Record every JVM that the program starts too, each into a file with its pid in"
                            + " its name. Always so where the program is not java itself.")
    private boolean children;

    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments, behind --.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws IOException {
        return new Launch(Output.to(file), recording.fields(), screenOptions.screen())
                .run(command, children);
    }
}
