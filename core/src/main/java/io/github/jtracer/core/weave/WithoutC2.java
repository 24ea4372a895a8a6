package io.github.jtracer.core.weave;

import io.github.jtracer.core.own.DiagnosticCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps HotSpot's optimizing compiler away from the weaver until it is closed.
 *
 * <p>Weaving some thousand classes is over before it would pay: where all cores are busy, C2 took a
 * third of them for that. The first tier's code is good enough. A compiler directive says so
 * ({@code jcmd Compiler.directives_add}); it names our own classes and no others, and it is taken
 * back. A JVM that does not take it weaves more slowly.
 */
final class WithoutC2 implements AutoCloseable {
    private static final String OURS = "io/github/jtracer/core/*.*";
    private static final String DIRECTIVE = "[{match: [\"" + OURS + "\"], c2: {Exclude: true}}]";
    private static final String MATCHING = "matching:";

    /** Null if the JVM has not taken it. */
    private final DiagnosticCommands commands;

    private WithoutC2(DiagnosticCommands commands) {
        this.commands = commands;
    }

    static WithoutC2 begin() {
        DiagnosticCommands commands = DiagnosticCommands.find();
        return new WithoutC2(commands != null && add(commands) ? commands : null);
    }

    private static boolean add(DiagnosticCommands commands) {
        try {
            Path file = Files.createTempFile("jtracer", ".json");
            try {
                Files.writeString(file, DIRECTIVE);
                return commands.run("Compiler.directives_add \"" + file + '"').startsWith("1 ");
            } finally {
                Files.delete(file);
            }
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /** Takes the topmost directive back, if it is still ours; below another one it does no harm. */
    @Override
    public void close() {
        if (commands != null && isOnTop(commands.run("Compiler.directives_print"))) {
            commands.run("Compiler.directives_remove");
        }
    }

    private static boolean isOnTop(String directives) {
        int first = directives.indexOf(MATCHING);
        return first >= 0
                && directives.substring(first + MATCHING.length()).stripLeading().startsWith(OURS);
    }
}
