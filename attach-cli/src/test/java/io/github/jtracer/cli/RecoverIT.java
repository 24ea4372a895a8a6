package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that are killed with {@code kill -9} while {@code jtracer run} records them. */
class RecoverIT {
    private static final String STEP = "io.github.jtracer.cli.Steps.step";

    @TempDir Path folder;

    private ProcessHandle program;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aProgramThatIsKilledLosesNoCall(Path jdk) throws Exception {
        try (Command run = run(jdk)) {
            kill(program);
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(128 + 9);
            assertThat(run.messages())
                    .containsPattern("Recovered result.json \\(.*\\): [0-9,]+ calls");
            assertThat(steps("result.json")).isEqualTo(Steps.COUNT);
            assertThat(Traces.filesIn(folder)).containsExactlyInAnyOrder("result.json", "said");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void ifTheCommandIsKilledTooItIsRecoveredLater(Path jdk) throws Exception {
        try (Command run = run(jdk, "--min-duration", "1us")) {
            run.signal("KILL");
            run.exitCode();
            try (Command early = jtracer("recover", "result.json.recover")) {
                assertThat(early.exitCode())
                        .as(early.messages())
                        .isEqualTo(ExitCode.ALREADY_RECORDING);
                assertThat(early.messages()).contains("is still running");
            }
            kill(program);
            try (Command recover = jtracer("recover", "result.json.recover", "-o", "b.html")) {
                assertThat(recover.exitCode()).as(recover.messages()).isZero();
                assertThat(folder.resolve("b.html")).isNotEmptyFile();
            }
            assertThat(Traces.filesIn(folder)).containsExactlyInAnyOrder("b.html", "said");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatWasOverwrittenIsSaidToBeMissing(Path jdk) throws Exception {
        try (Command run = run(jdk, "--buffer", "64KB")) {
            kill(program);
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(128 + 9);
            assertThat(run.messages()).contains("older calls were overwritten");
            assertThat(steps("result.json")).isBetween(1L, Steps.COUNT - 1L);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void saysHowMuchAProgramLostThatSavedByItself(Path jdk) throws Exception {
        try (Command run = run(jdk, "--buffer", "64KB")) {
            program.destroy();
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(128 + 15);
            assertThat(run.messages())
                    .containsPattern(
                            "Saved result.json \\(.*\\): [0-9,]+ calls on [0-9]+ threads?, [0-9,]+ lost")
                    .contains("because the buffer was full");
            assertThat(steps("result.json")).isBetween(1L, Steps.COUNT - 1L);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aProgramThatEndsLeavesNothingToRecover(Path jdk) throws Exception {
        try (Command run = run(jdk)) {
            program.destroy();
            assertThat(run.exitCode()).as(run.messages()).isEqualTo(128 + 15);
            assertThat(steps("result.json")).isEqualTo(Steps.COUNT);
            assertThat(Traces.filesIn(folder)).containsExactlyInAnyOrder("result.json", "said");
        }
        try (Command recover = jtracer("recover", "result.json.recover")) {
            assertThat(recover.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(recover.messages()).contains("is no folder that a killed program left");
        }
    }

    /** B6, with --recoverable */
    @ParameterizedTest
    @MethodSource("jdks")
    void anAttachedTargetThatIsKilledLosesNothing(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name(), "--recoverable")) {
            command.awaitMessage("Recording until");
            assertThat(folder.resolve("result.json.recover")).isDirectory();
            Thread.sleep(100);
            target.signal("KILL");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.TARGET_DIED);
            assertThat(command.messages())
                    .containsPattern("Recovered result.json \\(.*\\): [0-9,]+ calls");
            assertThat(Traces.calls(folder.resolve("result.json")))
                    .contains("io.github.jtracer.cli.Shop.sell");
            assertThat(Traces.filesIn(folder)).containsExactly("result.json");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anAttachedTargetThatIsNotKilledLeavesNothingToRecover(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command =
                        jtracer("--attach", target.name(), "--recoverable", "-t", "0.2")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.filesIn(folder)).containsExactly("result.json");
            assertThat(target.works()).isTrue();
        }
    }

    @Test
    void whatIsNotRecoveredYetIsNotReplaced() throws Exception {
        Files.createDirectory(folder.resolve("result.json.recover"));
        try (Target target = Target.start();
                Command attach = jtracer("--attach", target.name(), "--recoverable");
                Command run = jtracer("run", "--", "true")) {
            for (Command command : List.of(attach, run)) {
                assertThat(command.exitCode())
                        .as(command.messages())
                        .isEqualTo(ExitCode.ALREADY_RECORDING);
                assertThat(command.messages()).contains("`jtracer recover ");
            }
        }
    }

    @AfterEach
    void endProgram() {
        if (program != null) {
            program.destroyForcibly();
        }
    }

    /** The command; its program has done all its steps, and waits. */
    private Command run(Path jdk, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options));
        Path said = folder.resolve("said");
        words.addAll(
                List.of(
                        "--include",
                        "io.github.jtracer.cli.**",
                        "--trivial",
                        "--",
                        jdk.resolve("bin/java").toString(),
                        "-cp",
                        Target.classes().toString(),
                        Steps.class.getName(),
                        said.toString()));
        Command command = jtracer(words.toArray(String[]::new));
        while (!Files.exists(said)) {
            assertThat(command.isRunning()).as(command.messages()).isTrue();
            Thread.sleep(10);
        }
        program = ProcessHandle.of(Long.parseLong(Files.readString(said))).orElseThrow();
        return command;
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private long steps(String file) throws IOException {
        try (Stream<String> calls = Traces.calls(folder.resolve(file)).stream()) {
            return calls.filter(STEP::equals).count();
        }
    }

    private Command jtracer(String... arguments) throws IOException {
        return Command.packaged(folder, arguments);
    }
}
