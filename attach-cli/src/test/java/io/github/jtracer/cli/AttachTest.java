package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command and a real target, with an agent that only talks. */
class AttachTest {
    @TempDir static Path agent;
    @TempDir Path folder;

    @BeforeAll
    static void packAgent() throws IOException {
        FakeAgentJar.writeTo(agent);
    }

    private Command jtracer(String... arguments) throws IOException {
        return Command.start(folder, agent, arguments);
    }

    @Test
    void savesWhatTheAgentDelivers() throws Exception {
        try (Target target = Target.start();
                Command command = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(command.messages())
                    .contains(
                            "Attaching to JVM "
                                    + target.pid()
                                    + " (io.github.jtracer.cli.Shop, JDK ")
                    .contains("7 methods of 2 classes woven in 12 ms, longest pause 4 ms")
                    .contains("Saved result.json")
                    .contains("3 calls on 1 thread in 1.0 s, none lost");
            assertThat(command.output()).isEmpty();
            assertThat(Traces.calls(folder.resolve("result.json"))).hasSize(3);
            assertThat(Traces.filesIn(folder)).containsExactly("result.json");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("result.json"))))
                    .isEqualTo("rw-------");
            assertThat(target.works()).isTrue();
        }
    }

    @Test
    void leavesNothingInTheFolderForTemporaryFilesButTheAgent() throws Exception {
        // What others left there, a command that was killed perhaps, is not ours.
        List<String> before = Traces.filesIn(Path.of("/tmp"));
        try (Target target = Target.start();
                Command command = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).isZero();
            assertThat(Traces.filesIn(Path.of("/tmp")))
                    .noneMatch(
                            name -> name.matches("jtracer-[0-9a-f]{16}") && !before.contains(name));
            assertThat(Traces.filesIn(Path.of("/tmp")))
                    .doesNotContain(".attach_pid" + target.pid());
        }
    }

    @Test
    void sendsOnlyWhatWasAskedFor() throws Exception {
        Path log = folder.resolve("log");
        try (Target target = Target.start("-Dfake.log=" + log);
                Command command =
                        jtracer(
                                "--attach",
                                target.name(),
                                "-t",
                                "0.5",
                                "--include",
                                "com.acme.**",
                                "--include",
                                "org.b",
                                "--exclude",
                                "com.acme.x",
                                "--min-duration",
                                "10us",
                                "--max-depth",
                                "9",
                                "--trivial",
                                "--buffer",
                                "1MB",
                                "--buffer-full=stop",
                                "--clock=nano",
                                "-o",
                                "a.json.gz")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Files.readString(log))
                    .contains(
                            "start {include=com.acme.**\norg.b, exclude=com.acme.x,"
                                    + " minDuration=10us, maxDepth=9, trivial=true, buffer=1MB,"
                                    + " bufferFull=stop, clock=nano, seconds=0.5, startedBy=cli (")
                    .contains("saved {}");
            assertThat(folder.resolve("a.json.gz")).isNotEmptyFile();
        }
    }

    @Test
    void ctrlCStopsAndSaves() throws Exception {
        try (Target target = Target.start();
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until Ctrl+C");
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json"))).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM", "HUP"})
    void otherRequestsToEndSaveToo(String signal) throws Exception {
        // Under nohup this JVM and its children ignore it, and the command never hears of it.
        assumeFalse(signal.equals("HUP") && ignoresHangUp());
        try (Target target = Target.start();
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until Ctrl+C");
            command.signal(signal);
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(folder.resolve("result.json")).isNotEmptyFile();
        }
    }

    private static boolean ignoresHangUp() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 1) != 0;
            }
        }
        return false;
    }

    @Test
    void ctrlCWhileAttachingLeavesCleanly() throws Exception {
        try (Target target = Target.start("-Dfake=mute");
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Attaching");
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(130);
            assertThat(Traces.filesIn(folder)).isEmpty();
            assertThat(target.works()).isTrue();
        }
    }

    @Test
    void refusesToDisturbAnotherRecording() throws Exception {
        try (Target target = Target.start("-Dfake=recording");
                Command command = jtracer("--attach", target.name())) {
            assertThat(command.exitCode()).isEqualTo(ExitCode.ALREADY_RECORDING);
            assertThat(command.messages())
                    .contains("already being recorded by cli (somebody, pid 1) since 2026-01-02 ");
        }
    }

    @Test
    void saysThatAnEarlierRecordingWaits() throws Exception {
        try (Target target = Target.start("-Dfake=kept");
                Command attach = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(attach.exitCode()).as(attach.messages()).isZero();
            assertThat(attach.messages()).contains("`jtracer save " + target.pid() + " -o FILE`");
            try (Command save = jtracer("save", target.name(), "-o", "kept.json")) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
                assertThat(Traces.calls(folder.resolve("kept.json"))).hasSize(3);
            }
        }
    }

    @Test
    void saysThatAnInstalledTracerIsUsed() throws Exception {
        try (Target target = Target.start("-Dfake=installed");
                Command command = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).isZero();
            assertThat(command.messages())
                    .contains("with its own settings: include=com.acme.**.")
                    .contains("your options come first: seconds.");
        }
    }

    @Test
    void savesWhatATargetDeliversBeforeItEnds() throws Exception {
        try (Target target = Target.start("-Dfake=exits");
                Command command = jtracer("--attach", target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(command.messages()).contains("The target is ending").contains("Saved");
        }
    }

    @Test
    void endsWhenTheTargetDies() throws Exception {
        try (Target target = Target.start("-Dfake=dies");
                Command command = jtracer("--attach", target.name())) {
            assertThat(command.exitCode()).isEqualTo(ExitCode.TARGET_DIED);
            assertThat(command.messages()).contains("died; nothing was saved");
            assertThat(Traces.filesIn(folder)).isEmpty();
        }
    }

    @Test
    void keepsThePartThatCameBeforeTheTargetDied() throws Exception {
        try (Target target = Target.start("-Dfake=dies while saving");
                Command command = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.TARGET_DIED);
            assertThat(command.messages()).contains("3 calls that had come are in result.json");
            assertThat(Traces.calls(folder.resolve("result.json"))).hasSize(3);
        }
    }

    @Test
    void handsTheAgentsReasonOn() throws Exception {
        try (Target target = Target.start("-Dfake=usage");
                Command command = jtracer("--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages()).contains("No such pattern.").contains("Try another.");
        }
    }

    @Test
    void tellsTheTargetToKeepWhatCannotBeWritten() throws Exception {
        Path log = folder.resolve("log");
        Path out = Files.createDirectory(folder.resolve("out"));
        try (Target target = Target.start("-Dfake.log=" + log);
                Command command = jtracer("--attach", target.name(), "-o", "out/x.json")) {
            command.awaitMessage("Recording until");
            Files.delete(out);
            command.signal("INT");
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.NOT_SAVED);
            assertThat(command.messages())
                    .contains("kept in the target: `jtracer save " + target.pid() + " -o OTHER`");
            assertThat(Files.readString(log)).contains("keep {}").doesNotContain("saved");
        }
    }
}
