package io.github.jtracer.cli;

import io.github.jtracer.formats.Report;
import io.github.jtracer.formats.ReportData;
import io.github.jtracer.formats.ReportText;
import io.github.jtracer.formats.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jtracer report}: where the time of a trace went, as text. */
@Command(
        name = "report",
        description = "Say where the time of a trace went: methods, slowest calls, threads.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Mixin private TraceParameter trace = new TraceParameter();

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = Quantity.Lines.class,
            description = "How many lines each table has. Default: 20.")
    private int top = 20;

    @Option(
            names = "--tree",
            paramLabel = "METHOD",
            description = "Show also what this method's calls consist of.")
    private @Nullable String tree;

    @Option(names = "--json", description = "As JSON, with everything.")
    private boolean json;

    @Option(names = "--csv", description = "The methods as comma-separated values.")
    private boolean csv;

    @Override
    public Integer call() {
        trace.use(
                Screen.onStandardError(false, false),
                opened -> {
                    Report report = Reports.of(opened, top, tree);
                    StandardOutput.print(out -> print(report, out));
                });
        return ExitCode.SAVED;
    }

    private void print(Report report, PrintWriter out) throws IOException {
        if (json) {
            ReportData.json(report, out);
        } else if (csv) {
            ReportData.csv(report, out);
        } else {
            out.print(ReportText.of(report, top));
        }
    }
}
