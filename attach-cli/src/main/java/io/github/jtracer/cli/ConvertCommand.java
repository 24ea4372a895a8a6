package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Output;
import io.github.jtracer.formats.Converter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jtracer convert}: the same trace in another format. */
@Command(
        name = "convert",
        description = "Write a trace in another format; the new name's ending says which.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
    @Mixin private TraceParameter trace = new TraceParameter();

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Where to; it ends in " + Converter.FORMATS + ".")
    private @Nullable Path to;

    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() {
        Output output = Output.ofConversion(java.util.Objects.requireNonNull(to));
        Screen screen = screenOptions.screen();
        trace.use(screen, opened -> Converter.write(opened, output.file()));
        screen.success("Saved " + output.file() + ".");
        return ExitCode.SAVED;
    }
}
