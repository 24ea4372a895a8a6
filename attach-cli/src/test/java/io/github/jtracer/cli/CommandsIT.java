package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the packaged command can do besides attaching. */
class CommandsIT {
    private static final String SELL = "io.github.jtracer.cli.Shop.sell";

    @TempDir Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void recordsAnInstalledTracerByItsSignal(Path jdk) throws Exception {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (Target target = Target.installed(jdk, saved);
                Command command = jtracer("--attach-installed", target.name(), "-t", "0.5")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            List<String> files = Traces.filesIn(saved);
            assertThat(files).hasSize(1);
            assertThat(command.messages()).contains("Saved " + saved.resolve(files.get(0)));
            assertThat(Traces.calls(saved.resolve(files.get(0)))).contains(SELL);
            assertThat(target.works()).isTrue();
            try (Command list = jtracer("list")) {
                assertThat(list.exitCode()).isZero();
                assertThat(list.output())
                        .containsPattern("(?m)^" + target.pid() + " .* installed +\\S+$");
            }
        }
    }

    @Test
    void copiesWhatAnInstalledTracerSaved() throws Exception {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (Target target = Target.installed(Jdks.running(), saved);
                Command command =
                        jtracer("--attach-installed", target.name(), "-t", "0.3", "-o", "a.html")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.filesIn(saved)).hasSize(1);
            assertThat(folder.resolve("a.html")).content().startsWith("<!DOCTYPE html");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void usesAnInstalledTracer(Path jdk) throws Exception {
        try (Target target = Target.installed(jdk, folder.resolve("saved"));
                Command bySignal = jtracer("--attach-installed", target.name(), "-t", "0.3")) {
            assertThat(bySignal.exitCode()).as(bySignal.messages()).isZero();
            try (Command command = jtracer("--attach", target.name(), "-t", "0.3")) {
                assertThat(command.exitCode()).as(command.messages()).isZero();
                assertThat(command.messages()).contains("The tracer installed in this JVM is used");
                assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void runsAProgramFromItsFirstInstruction(Path jdk) throws Exception {
        try (Command command = jtracer(run(jdk, List.of()))) {
            // The end of its input is the end of the shop.
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json")))
                    .contains("io.github.jtracer.cli.Shop.main");
            assertThat(command.messages())
                    .containsPattern("Saved result.json \\(.*\\): [0-9,]+ calls on .* none lost");
        }
    }

    @Test
    void findsWhatAProgramSavedUnderAnOddName() throws Exception {
        List<String> words = new ArrayList<>(List.of(run(Jdks.running(), List.of())));
        words.addAll(1, List.of("-o", "a [1]*.json"));
        try (Command command = jtracer(words.toArray(String[]::new))) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(command.messages()).contains("Saved a [1]*.json (");
        }
    }

    @Test
    void doesNotTakeAnothersFileForTheProgramsOwn() throws Exception {
        Files.writeString(folder.resolve("result-1.json"), "somebody else's");
        try (Command command = jtracer("run", "--", "sh", "-c", "exit 5")) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(5);
            assertThat(command.messages()).contains("nothing was saved").doesNotContain("Saved");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void runsAProgramWithItsChildren(Path jdk) throws Exception {
        try (Command command = jtracer(run(jdk, List.of("sh", "-c", "\"$@\"; \"$@\"", "sh")))) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.filesIn(folder))
                    .hasSize(2)
                    .allMatch(name -> name.matches("result-\\d+\\.json"));
        }
    }

    @ParameterizedTest
    @CsvSource({"a.html", "a.json.gz", "a.jtr", "a.pftrace"})
    void savesWhatReportAndConvertAndViewRead(String name) throws Exception {
        try (Target target = Target.start();
                Command attach = jtracer("--attach", target.name(), "-t", "0.3", "-o", name)) {
            assertThat(attach.exitCode()).as(attach.messages()).isZero();
        }
        try (Command report = jtracer("report", name);
                Command convert = jtracer("convert", name, "b.json");
                Command view = jtracer("view", name)) {
            assertThat(report.exitCode()).as(report.messages()).isZero();
            assertThat(report.output()).contains(SELL);
            assertThat(convert.exitCode()).as(convert.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("b.json"))).contains(SELL);
            assertThat(view.exitCode()).as(view.messages()).isZero();
            assertThat(folder.resolve(name.endsWith(".html") ? name : name + ".html"))
                    .content()
                    .startsWith("<!DOCTYPE html");
        }
    }

    @Test
    void combinesAndComparesTraces() throws Exception {
        try (Target target = Target.start()) {
            for (String name : List.of("a.jtr", "b.json")) {
                try (Command attach = jtracer("--attach", target.name(), "-t", "0.3", "-o", name)) {
                    assertThat(attach.exitCode()).as(attach.messages()).isZero();
                }
            }
        }
        try (Command combine = jtracer("combine", "a.jtr", "b.json", "-o", "both.json");
                Command diff = jtracer("diff", "a.jtr", "b.json");
                Command raw = jtracer("convert", "b.json", "b.jtr");
                Command csv = jtracer("report", "--csv", "a.jtr")) {
            assertThat(raw.exitCode()).as(raw.messages()).isEqualTo(2);
            assertThat(raw.messages()).contains("Let it end in .json");
            assertThat(combine.exitCode()).as(combine.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("both.json"))).contains(SELL);
            assertThat(diff.exitCode()).as(diff.messages()).isZero();
            assertThat(diff.output()).contains(SELL);
            assertThat(csv.output()).startsWith("method,self,total,count").contains(SELL);
        }
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Path full = Files.createDirectory(folder.resolve("full"));
        List<String> onSmallDisk =
                List.of(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=16k tmpfs " + full + " && exec \"$@\"",
                        "sh");
        try (Target target = Target.start();
                Command command =
                        Command.start(
                                full,
                                List.of("-jar", System.getProperty("jtracer.jar")),
                                onSmallDisk,
                                "--attach",
                                target.name(),
                                "-t",
                                "1",
                                "-o",
                                full.resolve("a.json").toString())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.NOT_SAVED);
            assertThat(command.messages()).contains("No space left on device");
            try (Command save = jtracer("save", target.name())) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
                assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
            }
        }
    }

    @Test
    void readsOptionsFromAFile() throws Exception {
        try (Target target = Target.start()) {
            Files.writeString(
                    folder.resolve("options"),
                    "--attach " + target.name() + "\n-t 0.3\n-o \"from file.json\"\n");
            try (Command command = jtracer("@options")) {
                assertThat(command.exitCode()).as(command.messages()).isZero();
                assertThat(folder.resolve("from file.json")).isNotEmptyFile();
            }
        }
    }

    @Test
    void theOneFileRunsAndShowsItsManual() throws Exception {
        Path dist = Path.of(System.getProperty("jtracer.jar")).resolveSibling("dist");
        Process process =
                new ProcessBuilder(dist.resolve("jtracer").toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(process.getInputStream().readAllBytes())).startsWith("jtracer ");
        assertThat(process.waitFor()).isZero();
        assertThat(dist.resolve("jtracer.1")).content().contains("\\-\\-attach JVM");
        assertThat(dist.resolve("jtracer.bash")).content().contains("complete -F");
    }

    private static String[] run(Path jdk, List<String> prefix) {
        List<String> words = new ArrayList<>(List.of("run", "--"));
        words.addAll(prefix);
        words.addAll(
                List.of(
                        jdk.resolve("bin/java").toString(),
                        "-cp",
                        Target.classes().toString(),
                        Shop.class.getName()));
        return words.toArray(String[]::new);
    }

    private Command jtracer(String... arguments) throws IOException {
        return Command.packaged(folder, arguments);
    }
}
