package io.github.jtracer.cli.target;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Reads what a JVM was started with: its options, and the name of what it runs. */
final class CommandLine {
    private static final Set<String> OPTIONS_WITH_A_VALUE =
            Set.of(
                    "-cp",
                    "-classpath",
                    "--class-path",
                    "-p",
                    "--module-path",
                    "--upgrade-module-path",
                    "--add-modules",
                    "--add-exports",
                    "--add-opens",
                    "--add-reads",
                    "--enable-native-access",
                    "--limit-modules",
                    "--patch-module",
                    "--source");

    private CommandLine() {}

    /**
     * Main class, jar or module, without the program's own arguments.
     *
     * @param javaCommand what the JVM says itself ({@code sun.rt.javaCommand}), may be empty
     * @param commandLine what the process was started with, may be empty
     * @param otherwise what to say if neither tells
     */
    static String main(String javaCommand, List<String> commandLine, String otherwise) {
        Iterator<String> words = commandLine.stream().skip(1).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (Set.of("-jar", "-m", "--module").contains(word) && words.hasNext()) {
                return words.next();
            }
            if (OPTIONS_WITH_A_VALUE.contains(word)) {
                if (words.hasNext()) {
                    words.next();
                }
            } else if (!word.startsWith("-") && !word.startsWith("@") && !isNative(commandLine)) {
                return word;
            }
        }
        // Started by something other than `java`: only the JVM itself knows. A space may be part of
        // a jar's path, but it rarely is.
        int space = javaCommand.indexOf(' ');
        String told = space < 0 ? javaCommand : javaCommand.substring(0, space);
        return told.isEmpty() ? otherwise : told;
    }

    /**
     * The options, from wherever a JVM takes them, as far as they can be read; in the order in
     * which it obeys them, so that the last one counts.
     */
    static List<String> vmOptions(
            PerfData perf, List<String> commandLine, List<String> environment) {
        List<String> options = new ArrayList<>();
        addVariable(options, environment, "JAVA_TOOL_OPTIONS=");
        addVariable(options, environment, "JDK_JAVA_OPTIONS=");
        options.addAll(commandLine);
        addVariable(options, environment, "_JAVA_OPTIONS=");
        addWords(options, perf.get("java.rt.vmFlags"));
        addWords(options, perf.get("java.rt.vmArgs"));
        if (perf.get("sun.rt.jvmCapabilities").startsWith("0")) {
            options.add("-XX:+DisableAttachMechanism");
        }
        return options;
    }

    private static void addVariable(List<String> options, List<String> environment, String prefix) {
        environment.stream()
                .filter(variable -> variable.startsWith(prefix))
                .forEach(variable -> addWords(options, variable.substring(prefix.length())));
    }

    private static boolean isNative(List<String> commandLine) {
        String program = commandLine.get(0);
        return !program.substring(program.lastIndexOf('/') + 1).startsWith("java");
    }

    private static void addWords(List<String> options, String text) {
        if (!text.isBlank()) {
            options.addAll(List.of(text.strip().split("\\s+")));
        }
    }
}
