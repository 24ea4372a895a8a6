package io.github.jtracer.cli;

import io.github.jtracer.formats.Trace;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The trace file that a subcommand reads. */
final class TraceParameter {
    @Parameters(
            index = "0",
            paramLabel = "TRACE",
            description = "A trace: .jtr, .json, .html, .pftrace, each also with .gz.")
    private @Nullable Path file;

    @Option(
            names = "--salvage",
            description = "Of a .jtr that is cut off or damaged, take what precedes the damage.")
    private boolean salvage;

    Path file() {
        return java.util.Objects.requireNonNull(file);
    }

    /** What is done with it. */
    interface Use {
        void with(Trace trace) throws IOException;
    }

    /**
     * Opens it. If something of it is missing, the screen says so.
     *
     * @throws Problem if it is no trace, or what is done with it fails
     */
    void use(Screen screen, Use use) {
        try (Trace trace = salvage ? Trace.salvage(file()) : Trace.open(file())) {
            use.with(trace);
            if (trace.isCutShort()) {
                screen.warn(
                        file()
                                + " is cut short: what came after is missing, and calls whose end"
                                + " is missing are shown as lasting until the recording stopped.");
            }
        } catch (IOException e) {
            // Reading says what is wrong and what to do in one go.
            String message = String.valueOf(e.getMessage());
            throw new Problem(ExitCode.USAGE, message, "");
        }
    }
}
