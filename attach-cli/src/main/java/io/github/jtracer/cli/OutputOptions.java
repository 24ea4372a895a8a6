package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Output;
import io.github.jtracer.cli.target.Jvm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where to save. */
final class OutputOptions {
    static final String DEFAULT = "result.json";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

    @ArgGroup private Choice choice = new Choice();

    /** A name, or the wish for one that nobody has. */
    static final class Choice {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description =
                        "Save here; the ending decides the format: .json, .html, .pftrace,"
                                + " .speedscope.json, .collapsed, each also with .gz, or .jtr (raw)."
                                + " Default: "
                                + DEFAULT
                                + ".")
        private @Nullable Path file;

        @Option(
                names = {"-u", "--unique-output"},
                description = "Save as <name>_<date>_<time>_<pid>.json.")
        private boolean unique;
    }

    /**
     * The output for one JVM.
     *
     * @param several whether others are recorded at the same time: each file then has its pid
     */
    Output of(Jvm jvm, boolean several) {
        if (choice.unique) {
            String stamp = LocalDateTime.now(Clock.systemDefaultZone()).format(STAMP);
            return Output.to(
                    Path.of(plain(jvm.shortName()) + "_" + stamp + "_" + jvm.pid() + ".json"));
        }
        Path file = choice.file == null ? Path.of(DEFAULT) : choice.file;
        return Output.to(several ? Output.withPid(file, Long.toString(jvm.pid())) : file);
    }

    /** The output for one JVM, if one was asked for. */
    Optional<Output> asked(Jvm jvm) {
        return choice.unique || choice.file != null
                ? Optional.of(of(jvm, false))
                : Optional.empty();
    }

    private static String plain(String name) {
        String plain = name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
        return plain.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
