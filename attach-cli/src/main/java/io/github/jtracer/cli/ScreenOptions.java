package io.github.jtracer.cli;

import picocli.CommandLine.Option;

/** How much to say. */
final class ScreenOptions {
    @Option(names = "--verbose", description = "Say also where the time goes and what was skipped.")
    private boolean verbose;

    @Option(names = "--quiet", description = "Say nothing but what went wrong or was lost.")
    private boolean quiet;

    @Option(names = "--no-color", description = "Colour nothing.")
    private boolean noColor;

    Screen screen() {
        return Screen.onStandardError(quiet, verbose, !noColor);
    }
}
