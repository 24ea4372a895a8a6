package io.github.jtracer.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the command begins, and what it says when it fails. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        try {
            String[] words = Environment.join(System.getenv("JTRACER_OPTIONS"), arguments);
            return commandLine(words).execute(words);
        } catch (NoClassDefFoundError e) {
            return missing(e);
        }
    }

    /**
     * @param words for which it is; it may know no others
     */
    private static CommandLine commandLine(String... words) {
        CommandLine command =
                new CommandLine(new JTracer())
                        // --buffer-full=stop, although there is a command of that name
                        .setAllowSubcommandsAsOptionParameters(true)
                        // what is typed wins over JTRACER_OPTIONS
                        .setOverwrittenOptionsAllowed(true)
                        .setParameterExceptionHandler((e, arguments) -> usage(e))
                        .setExecutionExceptionHandler((e, failed, result) -> failure(e));
        Subcommands.addTo(command, List.of(words));
        return command;
    }

    private static int usage(ParameterException e) {
        Screen.onStandardError(false, false)
                .problem(
                        new Problem(
                                ExitCode.USAGE,
                                sentence(e.getMessage()),
                                meant(e)
                                        + "See `"
                                        + e.getCommandLine().getCommandSpec().qualifiedName()
                                        + " --help`."));
        return ExitCode.USAGE;
    }

    private static String meant(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        String typed = unmatched.getUnmatched().get(0);
        return unmatched.getSuggestions().stream()
                .filter(word -> word.regionMatches(0, typed, 0, 1))
                .findFirst()
                .map(word -> "Did you mean `" + word + "`? ")
                .orElse("");
    }

    /** A runtime image may lack what every whole Java has: signals, the logging of a library. */
    private static int missing(NoClassDefFoundError e) {
        String type = String.valueOf(e.getMessage()).replace('/', '.');
        if (type.contains("io.github.jtracer")) {
            throw e;
        }
        Screen.onStandardError(false, false)
                .problem(
                        new Problem(
                                ExitCode.USAGE,
                                "The Java that runs jtracer is too small: it has no " + type + ".",
                                "Set JAVA_HOME to a whole JRE, or link the image with `jlink"
                                        + " --add-modules jdk.unsupported,java.logging`."));
        return ExitCode.USAGE;
    }

    private static String sentence(String message) {
        String plain =
                message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
        return plain.endsWith(".") ? plain : plain + ".";
    }

    private static int failure(Exception e) {
        if (e instanceof Problem problem) {
            Screen.onStandardError(false, false).problem(problem);
            return problem.exitCode();
        }
        Screen.onStandardError(false, false)
                .problem(
                        new Problem(
                                ExitCode.BUG,
                                "This is a mistake of jtracer's own: " + e + ".",
                                "Please report it, with these lines:"));
        e.printStackTrace();
        return ExitCode.BUG;
    }
}
