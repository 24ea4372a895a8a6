package io.github.jtracer.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * {@code jtracer generate-zsh}: completion for zsh, from the same source as the options themselves.
 * Picocli makes one for bash only, which in zsh shows no descriptions and is not found by itself.
 */
@Command(
        name = "generate-zsh",
        description = "Print the completion for zsh, a file _jtracer in a folder of its fpath.",
        mixinStandardHelpOptions = true,
        hidden = true)
final class ZshCompletion implements Callable<Integer> {
    private static final String HEAD =
            """
            #compdef jtracer

            _jtracer_jvms() {
                local -a jvms
                jvms=(${(f)"$(jtracer list 2>/dev/null | awk 'NR > 1 { print $1 ":" $NF }')"})
                _describe -t jvms 'JVM' jvms
            }

            _jtracer() {
                local context state state_descr line
                typeset -A opt_args
            """;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        System.out.print(of(spec.root()));
        return ExitCode.SAVED;
    }

    static String of(CommandSpec root) {
        List<CommandSpec> commands =
                root.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> !command.usageMessage().hidden())
                        .toList();
        StringBuilder script = new StringBuilder(HEAD);
        script.append("    local -a commands\n    commands=(\n");
        for (CommandSpec command : commands) {
            script.append("        ")
                    .append(quoted(command.name() + ":" + description(command)))
                    .append('\n');
        }
        script.append("    )\n    _arguments -C \\\n");
        options(script, root, "        ");
        script.append("        '1: :->command' '*:: :->words' && return\n");
        script.append("    case $state in\n");
        script.append("        command) _describe -t commands 'command' commands ;;\n");
        script.append("        words)\n            case $words[1] in\n");
        for (CommandSpec command : commands) {
            script.append("                ").append(command.name()).append(")\n");
            script.append("                    _arguments \\\n");
            options(script, command, "                        ");
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                boolean several = parameter.arity().max() > 1;
                script.append("                        ")
                        .append(quoted((several ? "*" : "") + value(parameter)))
                        .append(" \\\n");
            }
            script.append("                        && return\n                    ;;\n");
        }
        return script.append("            esac\n            ;;\n    esac\n}\n\n_jtracer \"$@\"\n")
                .toString();
    }

    private static void options(StringBuilder script, CommandSpec spec, String indent) {
        for (OptionSpec option : spec.options()) {
            boolean repeatable = option.isMultiValue();
            for (String name : option.names()) {
                String others = repeatable ? "*" : "(" + String.join(" ", option.names()) + ")";
                boolean valued = option.arity().max() > 0;
                String equals = valued && name.startsWith("--") ? "=" : "";
                script.append(indent)
                        .append(
                                quoted(
                                        others
                                                + name
                                                + equals
                                                + "["
                                                + escaped(String.join(" ", option.description()))
                                                + "]"
                                                + (valued ? value(option) : "")))
                        .append(" \\\n");
            }
        }
    }

    /** What stands for it, and how to find it. */
    private static String value(ArgSpec argument) {
        String label = argument.paramLabel();
        String action =
                switch (label) {
                    case "FILE" -> "_files";
                    case "FOLDER" -> "_files -/";
                    case "JVM" -> "_jtracer_jvms";
                    case "COMMAND" -> "_normal";
                    default ->
                            label.contains("|")
                                    ? Arrays.stream(label.split("\\|"))
                                            .collect(Collectors.joining(" ", "(", ")"))
                                    : " ";
                };
        return ":" + escaped(label) + ":" + action;
    }

    private static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    private static String escaped(String text) {
        return text.replace("%n", " ")
                .replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
