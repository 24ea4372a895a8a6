package io.github.jtracer.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * {@code jtracer generate-man}: the manual page, from the same source as the options themselves.
 */
@Command(
        name = "generate-man",
        description = "Print the manual page (roff), for `man`.",
        mixinStandardHelpOptions = true,
        hidden = true)
final class ManPage implements Callable<Integer> {
    private static final List<String> EXIT_CODES =
            List.of(
                    "0\tSaved, or whatever else was asked for is done.",
                    "1\tA mistake of jtracer's own.",
                    "2\tThe command line is wrong, or names nothing that is there.",
                    "3\tThere is no such JVM.",
                    "4\tThe JVM cannot be attached to.",
                    "5\tThe target died before everything was saved.",
                    "6\tThe JVM is being recorded already.",
                    "7\tThe output cannot be written; if that turned out only at the end, the recording is kept in the target.",
                    "130\tLeft by Ctrl+C without saving.");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        System.out.print(of(spec.root()));
        return ExitCode.SAVED;
    }

    static String of(CommandSpec root) {
        StringBuilder page = new StringBuilder();
        page.append(".TH JTRACER 1\n.SH NAME\njtracer \\- ");
        page.append(text(String.join(" ", root.usageMessage().description()))).append('\n');
        page.append(".SH SYNOPSIS\n");
        page.append(".B jtracer\n[\\fIOPTION\\fR]... [\\fICOMMAND\\fR]\n");
        page.append(".SH OPTIONS\n");
        options(page, root);
        page.append(".SH COMMANDS\n");
        for (CommandLine command : root.subcommands().values()) {
            CommandSpec sub = command.getCommandSpec();
            if (!sub.usageMessage().hidden()) {
                page.append(".SS jtracer ").append(text(sub.name())).append('\n');
                page.append(text(String.join(" ", sub.usageMessage().description()))).append('\n');
                for (PositionalParamSpec parameter : sub.positionalParameters()) {
                    entry(page, parameter.paramLabel(), parameter.description());
                }
                options(page, sub);
            }
        }
        page.append(".SH EXIT STATUS\n");
        for (String line : EXIT_CODES) {
            String[] parts = line.split("\t");
            entry(page, parts[0], parts[1]);
        }
        page.append(".SH ENVIRONMENT\n");
        entry(page, "JTRACER_OPTIONS", "Options that come before those that are typed.");
        entry(page, "NO_COLOR", "If set, nothing is coloured.");
        return page.toString();
    }

    private static void options(StringBuilder page, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            boolean valued = option.arity().max() > 0;
            entry(
                    page,
                    String.join(", ", option.names()) + (valued ? " " + option.paramLabel() : ""),
                    option.description());
        }
    }

    private static void entry(StringBuilder page, String head, String... description) {
        page.append(".TP\n.B ").append(text(head)).append('\n');
        page.append(text(String.join(" ", description))).append('\n');
    }

    private static String text(String plain) {
        String escaped = plain.replace("%n", " ").replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
