package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged command, its real agent, and real targets on every JDK there is. */
class AttachIT {
    private static final String SELL = "io.github.jtracer.cli.Shop.sell";

    @TempDir Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    private Command jtracer(String... arguments) throws IOException {
        return Command.packaged(folder, arguments);
    }

    /** M1, B10 */
    @ParameterizedTest
    @MethodSource("jdks")
    void recordsForSoManySeconds(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name(), "-t", "0.5", "-o", "a.json")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("a.json"))).contains(SELL);
            assertThat(command.messages())
                    .containsPattern(
                            "Saved a.json \\(.*B\\): [0-9,]+ calls on 2 threads in 0.5 s, none lost");
            assertThat(target.works()).isTrue();
            assertThat(target.errors().lines().filter(line -> !line.startsWith("WARNING:")))
                    .isEmpty();
        }
    }

    /** M2 */
    @ParameterizedTest
    @MethodSource("jdks")
    void recordsUntilCtrlC(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until Ctrl+C");
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(folder.resolve("result.json")).isNotEmptyFile();
        }
    }

    /** M3, M8 */
    @ParameterizedTest
    @MethodSource("jdks")
    void recordsAgainWithNothingOfTheFirstTime(Path jdk) throws Exception {
        try (Target target = Target.start(jdk)) {
            for (String file : List.of("1.json", "2.json.gz", "3.jtr")) {
                try (Command command =
                        jtracer("--attach", target.name(), "-t", "0.3", "-o", file)) {
                    assertThat(command.exitCode()).as(command.messages()).isZero();
                }
            }
            assertThat(Traces.calls(folder.resolve("1.json"))).contains(SELL);
            assertThat(Traces.calls(folder.resolve("2.json.gz"))).contains(SELL);
            long latest =
                    Traces.read(folder.resolve("2.json.gz"))
                            .get("traceEvents")
                            .findValues("ts")
                            .stream()
                            .mapToLong(ts -> ts.asLong())
                            .max()
                            .orElseThrow();
            assertThat(latest).isLessThan(5_000_000);
            assertThat(folder.resolve("3.jtr")).isNotEmptyFile();
            assertThat(target.works()).isTrue();
        }
    }

    /** M4 */
    @ParameterizedTest
    @MethodSource("jdks")
    void isRefusedOnceTheTargetHasEnded(Path jdk) throws Exception {
        String name;
        try (Target target = Target.start(jdk)) {
            name = target.name();
            target.tell("exit");
            target.awaitEnd();
        }
        for (String option : List.of("--attach", "--uninstall")) {
            try (Command command = jtracer(option, name)) {
                assertThat(command.exitCode()).isEqualTo(ExitCode.NO_SUCH_JVM);
            }
        }
    }

    /** M5, as far as the command has to do with it */
    @ParameterizedTest
    @MethodSource("jdks")
    void theTargetObeysTheOptions(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command =
                        jtracer(
                                "--attach",
                                target.name(),
                                "-t",
                                "0.3",
                                "--include",
                                "io.github.jtracer.cli.Shop",
                                "--exclude",
                                "io.github.jtracer.cli.Shop::sell")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json")))
                    .contains("io.github.jtracer.cli.Shop.price")
                    .doesNotContain(SELL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "io.github.jtracer.cli.**, exclude io.github.jtracer.cli.** leaves out 2 classes",
        "::sell, exclude ::sell leaves out 1 method",
    })
    void anExcludeThatLeavesNothingIsNamedAsTheCause(String exclude, String said) throws Exception {
        String include = exclude.startsWith("::") ? "**::sell" : "io.github.jtracer.cli.*";
        try (Target target = Target.start();
                Command command =
                        jtracer(
                                "--attach",
                                target.name(),
                                "--include",
                                include,
                                "--exclude",
                                exclude)) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages()).contains("Nothing is left of " + include, said);
            assertThat(target.isWoven()).isFalse();
        }
    }

    /** M7 */
    @ParameterizedTest
    @MethodSource("jdks")
    void saysWhatWasLost(Path jdk) throws Exception {
        try (Target target = Target.start(List.of(), jdk, "-Dbusy=true");
                Command command =
                        jtracer("--attach", target.name(), "-t", "0.3", "--buffer", "64KB")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(command.messages())
                    .containsPattern("[0-9,]+ calls lost, because the buffer was full");
            assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
        }
    }

    /** B9, as far as it can be asserted: the pause is measured by the benchmarks. */
    @ParameterizedTest
    @MethodSource("jdks")
    void aFullBufferIsSavedInTheMemoryThatItHas(Path jdk) throws Exception {
        try (Target target = Target.start(List.of(), jdk, "-Dbusy=true", "-Xms64m")) {
            // What the agent itself and the JIT need is there then.
            for (String buffer : List.of("1MB", "64MB")) {
                long before = target.residentKilobytes("VmRSS");
                try (Command command =
                        jtracer(
                                "--attach",
                                target.name(),
                                "-t",
                                "2",
                                "--buffer",
                                buffer,
                                "-o",
                                buffer + ".jtr")) {
                    assertThat(command.exitCode()).as(command.messages()).isZero();
                    assertThat(command.messages()).contains("because the buffer was full");
                }
                if (buffer.equals("64MB")) {
                    long most = target.residentKilobytes("VmHWM") - before;
                    long after = target.residentKilobytes("VmRSS") - before;
                    assertThat(most).isLessThan((64 + 48) << 10);
                    assertThat(after).isLessThan(48 << 10);
                }
            }
        }
    }

    /** B3 */
    @ParameterizedTest
    @MethodSource("jdks")
    void aSecondCommandDisturbsNothing(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command first = jtracer("--attach", target.name(), "-o", "first.json")) {
            first.awaitMessage("Recording until");
            try (Command second = jtracer("--attach", target.name(), "-o", "second.json")) {
                assertThat(second.exitCode())
                        .as(second.messages())
                        .isEqualTo(ExitCode.ALREADY_RECORDING);
                assertThat(second.messages())
                        .containsPattern(
                                "already being recorded by cli \\(\\S+, pid \\d+\\) since 20");
            }
            first.signal("INT");
            assertThat(first.exitCode()).as(first.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("first.json"))).contains(SELL);
            assertThat(Traces.filesIn(folder)).containsExactly("first.json");
        }
    }

    /** B4 */
    @ParameterizedTest
    @MethodSource("jdks")
    void whatAKilledCommandLeftCanBeFetched(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command killed = jtracer("--attach", target.name())) {
            killed.awaitMessage("Recording until");
            killed.signal("KILL");
            killed.exitCode();
            awaitState(target, "kept");
            try (Command uninstall = jtracer("--uninstall", target.name())) {
                assertThat(uninstall.exitCode()).isEqualTo(ExitCode.ALREADY_RECORDING);
                assertThat(uninstall.messages()).contains("holds a recording that nobody saved");
            }
            try (Command save = jtracer("save", target.name(), "-o", "kept.json")) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
                assertThat(Traces.calls(folder.resolve("kept.json"))).contains(SELL);
            }
            assertThat(target.works()).isTrue();
        }
    }

    /** B4 */
    @ParameterizedTest
    @MethodSource("jdks")
    void theSecondCtrlCLeavesAtOnce(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name(), "--include", "**")) {
            command.awaitMessage("Recording until");
            target.signal("STOP"); // so that the first has no chance to be done
            command.signal("INT");
            command.awaitMessage("Stopping");
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(Traces.filesIn(folder)).isEmpty();
            target.signal("CONT");
            assertThat(target.works()).isTrue();
        }
    }

    /** B5 */
    @ParameterizedTest
    @MethodSource("jdks")
    void savesWhenTheTargetEndsMeanwhile(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            target.tell("exit");
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(command.messages()).contains("The target is ending");
            assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
            assertThat(target.awaitEnd()).isZero();
        }
    }

    /** B6 */
    @ParameterizedTest
    @MethodSource("jdks")
    void endsWhenTheTargetIsKilled(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            target.signal("KILL");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.TARGET_DIED);
            assertThat(command.messages()).contains("died; nothing was saved");
            assertThat(Traces.filesIn(folder)).isEmpty();
        }
    }

    @Test
    void saysSoWhenTheTargetIsPaused() throws Exception {
        try (Target target = Target.start();
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            target.signal("STOP");
            command.awaitMessage("The target is paused (by SIGSTOP or a debugger)");
            target.signal("CONT");
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
        }
    }

    /** B8, M11 */
    @ParameterizedTest
    @MethodSource("jdks")
    void whatCannotBeWrittenCanBeSavedElsewhere(Path jdk) throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name(), "-o", "out/a.json")) {
            command.awaitMessage("Recording until");
            Files.delete(out);
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.NOT_SAVED);
            try (Command save = jtracer("save", target.name(), "-o", "b.json")) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
                assertThat(Traces.calls(folder.resolve("b.json"))).contains(SELL);
            }
            try (Command again = jtracer("--attach", target.name(), "-t", "0.3")) {
                assertThat(again.exitCode()).as(again.messages()).isZero();
            }
        }
    }

    /** B12 */
    @ParameterizedTest
    @MethodSource("jdks")
    void uninstallAsksBeforeItDropsARecording(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            try (Command polite = jtracer("--uninstall", target.name())) {
                assertThat(polite.exitCode()).isEqualTo(ExitCode.ALREADY_RECORDING);
            }
            try (Command forced = jtracer("--uninstall", target.name(), "--force")) {
                assertThat(forced.exitCode()).as(forced.messages()).isZero();
            }
            assertThat(command.exitCode()).as(command.messages()).isNotNegative();
            assertThat(target.works()).isTrue();
            assertThat(state(target)).isEqualTo("none");
        }
    }

    /** Another attach's recording, ended from outside: its command still saves it. */
    @ParameterizedTest
    @MethodSource("jdks")
    void stopEndsAnothersRecording(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            try (Command stop = jtracer("stop", target.name())) {
                assertThat(stop.exitCode()).as(stop.messages()).isZero();
                assertThat(stop.messages()).contains("Stopped the recording by cli (");
            }
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
        }
    }

    private void awaitState(Target target, String state) throws Exception {
        for (int i = 0; i < 40; i++) {
            if (state(target).contains(state)) {
                return;
            }
        }
        throw new AssertionError("never " + state + " but " + state(target));
    }

    private String state(Target target) throws Exception {
        try (Command status = jtracer("status", target.name())) {
            assertThat(status.exitCode()).as(status.messages()).isZero();
            return status.output()
                    .lines()
                    .filter(line -> line.startsWith("state: "))
                    .map(line -> line.substring("state: ".length()))
                    .findFirst()
                    .orElse(status.output());
        }
    }
}
