package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.cli.attach.AgentJar;
import io.github.jtracer.formats.TraceTotals;
import io.github.jtracer.trace.RecoveryFormat;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program started with the agent in it. It records from its first instruction and saves by itself
 * when it ends, however that is short of being killed.
 */
public final class Launch {
    private final Output output;
    private final Map<String, String> options;
    private final Screen screen;

    /**
     * @throws Problem if a program cannot save such a file by itself, or there is a recording that
     *     would be lost
     */
    public Launch(Output output, Map<String, String> options, Screen screen) {
        if (!TraceFile.canWrite(output.file())) {
            throw new Problem(
                    ExitCode.USAGE,
                    "A program that is run cannot save " + output.display() + " by itself.",
                    "Save a .jtr and use `jtracer convert`.");
        }
        Recovery.refuseIfThere(output);
        this.output = output;
        this.options = options;
        this.screen = screen;
    }

    /**
     * Runs it to its end.
     *
     * @param children whether the JVMs that it starts are recorded too
     * @return its exit code
     */
    public int run(List<String> command, boolean children) throws IOException {
        boolean all = children || !isJava(command.get(0));
        Path agent = AgentJar.bundled().placeHere();
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (all) {
            // The one way that reaches every JVM; each says on its standard error that it is so.
            String before = builder.environment().getOrDefault("JAVA_TOOL_OPTIONS", "");
            String option = agentOption(agent, Output.withPid(output.file(), "%p"));
            builder.environment().put("JAVA_TOOL_OPTIONS", (before + " " + option).strip());
        } else {
            List<String> words = new ArrayList<>(command);
            words.add(1, agentOption(agent, output.file()));
            builder.command(words);
        }
        Map<Path, Object> before = files(all);
        int exitCode = await(start(builder));
        List<Path> recovered = recover(all);
        List<Path> saved =
                files(all).entrySet().stream()
                        .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        for (Path file : saved) {
            if (!recovered.contains(file)) {
                say(new Output(file));
            }
        }
        if (!saved.isEmpty()) {
            screen.say(Output.lookAt(new Output(saved.get(0)).display()));
        }
        if (saved.isEmpty()) {
            throw new Problem(
                    exitCode == 0 ? ExitCode.NOT_SAVED : exitCode,
                    "The program ended with " + exitCode + ", and nothing was saved.",
                    "A program that runs no Java 17 or later, or is killed before it records,"
                            + " leaves no recording.");
        }
        return exitCode;
    }

    /** What the program has saved; how much that is, is in the file only. */
    private void say(Output saved) throws IOException {
        String text =
                "Saved " + saved.display() + " (" + Figures.bytes(Files.size(saved.file())) + ")";
        Totals totals;
        try {
            totals = TraceTotals.of(saved.file());
        } catch (IOException e) {
            screen.success(text + ".");
            return;
        }
        screen.success(
                text
                        + ": "
                        + Figures.count(totals.calls(), "call")
                        + " on "
                        + Figures.count(totals.threads(), "thread")
                        + ", "
                        + (totals.lostCalls() == 0 ? "none" : Figures.count(totals.lostCalls()))
                        + " lost.");
        Saving.warnOfLost(totals, screen);
    }

    /**
     * A JVM that was killed could not save; what it left is saved here.
     *
     * @return the files
     */
    private List<Path> recover(boolean all) throws IOException {
        List<Path> recovered = new ArrayList<>();
        for (Path folder : beside(all, RecoveryFormat.FOLDER_SUFFIX)) {
            try {
                Recovery recovery = new Recovery(folder, screen);
                recovery.save(new Output(recovery.output()));
                recovered.add(recovery.output());
            } catch (Problem problem) {
                screen.problem(problem);
            }
        }
        return recovered;
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Problem(
                    ExitCode.USAGE,
                    "The program could not be started: " + e.getMessage() + ".",
                    "Give the command behind --, as in `jtracer run -- java -jar app.jar`.");
        }
    }

    private static int await(Process process) {
        Interrupts interrupts = Interrupts.ofThisProcess();
        // A terminal's Ctrl+C has reached the program by itself; a `kill` of this one has not.
        Runnable stop = process::destroy;
        interrupts.onFirst(stop);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } finally {
            interrupts.forgetFirst(stop);
        }
    }

    private String agentOption(Path agent, Path file) {
        StringBuilder arguments = new StringBuilder("start");
        options.forEach(
                (key, value) -> value.lines().forEach(line -> append(arguments, key, line)));
        append(arguments, "file", file.toString());
        append(arguments, "recoverable", "true");
        append(arguments, "startedBy", Session.startedBy().replace("cli", "run"));
        return "-javaagent:" + agent + "=" + arguments;
    }

    /** Escapes what has a meaning to the agent, and blanks, which have one in JAVA_TOOL_OPTIONS. */
    private static void append(StringBuilder arguments, String key, String value) {
        arguments
                .append(',')
                .append(key)
                .append('=')
                .append(
                        value.replace("%", "%25")
                                .replace(",", "%2C")
                                .replace(" ", "%20")
                                .replace("\"", "%22")
                                .replace("'", "%27"));
    }

    private static boolean isJava(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.equals("java") || name.equals("java.exe");
    }

    /** The files that it may save, with what tells a new one of the same name apart. */
    private Map<Path, Object> files(boolean all) throws IOException {
        Map<Path, Object> files = new HashMap<>();
        for (Path file : beside(all, "")) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                // Another inode may have been given the same number.
                files.put(
                        file,
                        List.of(
                                String.valueOf(attributes.fileKey()),
                                attributes.lastModifiedTime(),
                                attributes.size()));
            }
        }
        return files;
    }

    /**
     * What is there of the output's name, or of it with any process's id.
     *
     * @param suffix behind that name
     */
    private List<Path> beside(boolean all, String suffix) throws IOException {
        // No glob: the name may have brackets in it.
        String marked = String.valueOf(Output.withPid(output.file(), "*").getFileName());
        String before = Pattern.quote(marked.substring(0, marked.lastIndexOf('*')));
        String behind = Pattern.quote(marked.substring(marked.lastIndexOf('*') + 1));
        Pattern name =
                Pattern.compile(
                        (all
                                        ? before + "\\d+" + behind
                                        : Pattern.quote(
                                                String.valueOf(output.file().getFileName())))
                                + Pattern.quote(suffix));
        try (Stream<Path> files = Files.list(output.file().getParent())) {
            return files.filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
                    .toList();
        }
    }
}
