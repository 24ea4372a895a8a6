package io.github.jtracer.cli;

import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A JVM as a person names it: its pid, or any part of its name that no other has.
 *
 * @param text as typed
 */
record TargetName(String text) {
    /** The pid that it stands for. */
    long pid() {
        return isNumber(text) ? Long.parseLong(text) : search();
    }

    private long search() {
        return among(Jvms.list()).pid();
    }

    /**
     * The one of these whose name has this as a part: its main class, or its jar's name. Folders
     * count only if one is typed: everything of one installation is in the same.
     *
     * @throws Problem if there is none, or several
     */
    Jvm among(List<Jvm> all) {
        String part = text.toLowerCase(Locale.ROOT);
        List<Jvm> found = all.stream().filter(jvm -> jvm.shortName().equals(text)).toList();
        if (found.isEmpty()) {
            found =
                    all.stream()
                            .filter(jvm -> name(jvm).toLowerCase(Locale.ROOT).contains(part))
                            .toList();
        }
        if (found.isEmpty()) {
            throw new Problem(
                    ExitCode.USAGE,
                    "No JVM's name contains '" + text + "'.",
                    "`jtracer list` shows what can be named.");
        }
        if (found.size() > 1) {
            throw new Problem(
                    ExitCode.USAGE,
                    "'"
                            + text
                            + "' stands for several JVMs: "
                            + found.stream().map(Jvm::describe).collect(Collectors.joining("; "))
                            + ".",
                    "Give a longer part of the name, or the pid.");
        }
        return found.get(0);
    }

    private String name(Jvm jvm) {
        return text.contains("/") || text.contains("\\") ? jvm.main() : jvm.shortName();
    }

    static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }

    /** From the command line; a number must be one that a process can have. */
    static final class Converter implements ITypeConverter<TargetName> {
        @Override
        public TargetName convert(String text) {
            if (text.isBlank() || text.startsWith("-")) {
                throw new TypeConversionException("'" + text + "' names no process");
            }
            if (isNumber(text) && (text.length() > 18 || Long.parseLong(text) == 0)) {
                throw new TypeConversionException("'" + text + "' is no process id");
            }
            return new TargetName(text);
        }
    }
}
