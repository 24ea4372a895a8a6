package io.github.jtracer.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/**
 * The subcommands, by name. Only what can be meant is made: reading all their annotations takes a
 * good part of the time until the target is asked.
 */
final class Subcommands {
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    /** These show the others, and what is in the help. */
    private static final Map<String, Supplier<Object>> GENERATORS = new LinkedHashMap<>();

    static {
        COMMANDS.put("list", ListCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("stop", StopCommand::new);
        COMMANDS.put("save", SaveCommand::new);
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("recover", RecoverCommand::new);
        COMMANDS.put("view", ViewCommand::new);
        COMMANDS.put("report", ReportCommand::new);
        COMMANDS.put("convert", ConvertCommand::new);
        COMMANDS.put("combine", CombineCommand::new);
        COMMANDS.put("diff", DiffCommand::new);
        GENERATORS.put("generate-completion", GenerateCompletion::new);
        GENERATORS.put("generate-man", ManPage::new);
        GENERATORS.put("generate-zsh", ZshCompletion::new);
    }

    /** The options that stand for a command of their own, with none behind them. */
    private static final List<String> ALONE = List.of("--attach", "--uninstall", "--version", "-V");

    private Subcommands() {}

    /**
     * @param words the command line
     */
    static void addTo(CommandLine root, List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        if (COMMANDS.containsKey(first)) {
            root.addSubcommand(first, COMMANDS.get(first).get());
        } else if (!words.isEmpty() && !standsAlone(first, words)) {
            COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.get()));
            GENERATORS.forEach((name, command) -> root.addSubcommand(name, command.get()));
            root.getSubcommands()
                    .get("generate-completion")
                    .getCommandSpec()
                    .usageMessage()
                    .hidden(true);
        }
    }

    private static boolean standsAlone(String first, List<String> words) {
        return ALONE.stream().anyMatch(first::startsWith)
                && !words.contains("--help")
                && !words.contains("-h");
    }
}
