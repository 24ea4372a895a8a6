package io.github.jtracer.core.weave;

import io.github.jtracer.core.own.DiagnosticCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps HotSpot's optimizing compiler away from the weaver until it is closed.
 *
 * <p>Weaving some thousand classes is over before it would pay: where all cores are busy, C2 took a
 * third of them for that. The first tier's code is good enough. Compiler directives say so ({@code
 * jcmd Compiler.directives_add}): our own classes are not compiled by it, nor into those that call
 * them. They name nobody else's methods but those, and are taken back. A JVM that does not take
 * them weaves more slowly.
 */
final class WithoutC2 implements AutoCloseable {
    private static final String OURS = "io/github/jtracer/core/*.*";
    private static final String CALLERS = "sun/instrument/*.*";
    private static final String DIRECTIVES =
            ("[{match: ['" + OURS + "'], c2: {Exclude: true}},")
                    .concat(" {match: ['" + CALLERS + "'], c2: {inline: ['-" + OURS + "']}}]")
                    .replace('\'', '"');
    private static final int COUNT = 2;
    private static final int MANY = 500;
    private static final String EACH = "Directive:";

    private boolean asked;

    /** Null if the JVM has not taken them. */
    private DiagnosticCommands commands;

    /** Does nothing for so few that C2 will not notice. */
    static WithoutC2 forClasses(int count) {
        WithoutC2 without = new WithoutC2();
        without.expect(count);
        return without;
    }

    /** Begins as soon as so many classes are to be woven. */
    void expect(int count) {
        if (count >= MANY && !asked) {
            asked = true;
            DiagnosticCommands found = DiagnosticCommands.find();
            commands = found != null && add(found) ? found : null;
        }
    }

    private static boolean add(DiagnosticCommands commands) {
        try {
            Path file = Files.createTempFile("jtracer", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                return commands.run("Compiler.directives_add \"" + file + '"').startsWith("2 ");
            } finally {
                Files.delete(file);
            }
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /** Takes the topmost directives back, if they are still ours; below others they do no harm. */
    @Override
    public void close() {
        for (int i = 0; i < COUNT && commands != null; i++) {
            if (isOnTop(commands.run("Compiler.directives_print"))) {
                commands.run("Compiler.directives_remove");
            }
        }
    }

    private static boolean isOnTop(String directives) {
        int first = directives.indexOf(EACH);
        int second = directives.indexOf(EACH, first + 1);
        return first >= 0 && directives.substring(first, Math.max(first, second)).contains(OURS);
    }
}
