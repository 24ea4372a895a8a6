package io.github.jtracer.cli;

import io.github.jtracer.formats.Difference;
import io.github.jtracer.formats.Report;
import io.github.jtracer.formats.Reports;
import io.github.jtracer.formats.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jtracer diff}: what became slower between two traces. */
@Command(
        name = "diff",
        description =
                "Say which methods became slower or are called more often, by what that costs.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A trace.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one.")
    private @Nullable Path after;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = Quantity.Lines.class,
            description = "How many lines the table has. Default: 20.")
    private int top = 20;

    @Override
    public Integer call() {
        try {
            String text =
                    Difference.text(
                            Difference.between(
                                    report(Objects.requireNonNull(before)),
                                    report(Objects.requireNonNull(after))),
                            top);
            StandardOutput.print(out -> out.print(text));
        } catch (IOException e) {
            throw new Problem(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
        return ExitCode.SAVED;
    }

    private static Report report(Path file) throws IOException {
        try (Trace trace = Trace.open(file)) {
            return Reports.of(trace, 1, null);
        }
    }
}
