package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command refuses, and that nobody comes to harm by it. */
class BadInputTest {
    @TempDir Path folder;

    /** Without an agent: whatever gets as far as needing one fails the test. */
    private Command jtracer(String... arguments) throws IOException {
        return Command.start(folder, folder, arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--attach 0",
                "--attach -5",
                "--attach no-such-name-anywhere",
                "--attach",
                "--attach PID -t",
                "--attach PID -t -1",
                "--attach PID -t 0",
                "--attach PID -t NaN",
                "--attach PID --min-duration soon",
                "--attach PID --max-depth 0",
                "--attach PID --buffer lots",
                "--attach PID --buffer-full=maybe",
                "--attach PID --clock sun",
                "--attach PID -o result.txt",
                "--attach PID --buffer 1KB",
                "--attach PID --buffer 65GB",
                "--attach PID --include com/acme",
                "--attach PID --exclude a::b()",
                "--attach PID --include @",
                "--attach-installed PID --include com.acme.**",
                "--attach-installed PID -o x.jtr",
                "--attach-installed PID --recoverable",
                "--attach PID --uninstall PID",
                "--frobnicate",
                "status",
                "save 0",
            })
    void usageErrorsTouchNothing(String line) throws Exception {
        try (Target target = Target.start();
                Command command = jtracer(line.replace("PID", target.name()).split(" "))) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages().lines().count()).as(command.messages()).isEqualTo(2);
            assertThat(command.messages()).startsWith("jtracer: ").doesNotContain("Exception");
            assertThat(socketOf(target)).doesNotExist();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no/such/folder/result.json, there is no folder",
        "., it is a folder",
        "/proc/x.json, no file can be made in /proc",
        "/dev/full, it is a device",
        "link.json, it is a device",
        "nowhere.json, it is a link to nothing",
        "NAME.json, File name too long",
    })
    void anOutputThatCannotBeWrittenIsNoticedBeforeAnythingIsTouched(String name, String why)
            throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        Files.createSymbolicLink(folder.resolve("link.json"), Path.of("/dev/null"));
        Files.createSymbolicLink(folder.resolve("nowhere.json"), folder.resolve("nothing"));
        String file = name.replace("NAME", "n".repeat(300));
        for (String command : List.of("--attach", "save")) {
            try (Target target = Target.start();
                    Command jtracer = jtracer(command, target.name(), "-o", file)) {
                assertThat(jtracer.exitCode()).as(jtracer.messages()).isEqualTo(ExitCode.NOT_SAVED);
                assertThat(jtracer.messages()).contains(why).doesNotContain("Exception");
                assertThat(jtracer.messages().lines().count()).isEqualTo(2);
                assertThat(socketOf(target)).doesNotExist();
                assertThat(Traces.filesIn(folder))
                        .containsExactlyInAnyOrder("link.json", "nowhere.json");
            }
        }
        // JUnit would warn of links that lead out of the folder.
        Files.delete(folder.resolve("link.json"));
        Files.delete(folder.resolve("nowhere.json"));
    }

    @Test
    void anOutputOnAFullDiskIsNoticedBeforeAnythingIsTouched() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        String fill =
                "mount -t tmpfs -o size=4k tmpfs . && cd . && cat /dev/zero >zero; exec \"$@\"";
        List<String> onFullDisk =
                List.of("unshare", "-m", "sh", "-c", fill.replace("cd .", "cd " + folder), "sh");
        try (Target target = Target.start();
                Command command =
                        Command.start(
                                folder,
                                List.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                onFullDisk,
                                "--attach",
                                target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.NOT_SAVED);
            assertThat(command.messages()).contains("No space left on device");
            assertThat(socketOf(target)).doesNotExist();
        }
    }

    @Test
    void aProcessThatDoesNotExist() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertRefused(process.pid(), ExitCode.NO_SUCH_JVM, "There is no process " + process.pid());
    }

    /** As `top -H` shows it: the signal would reach the JVM, which would print its threads. */
    @Test
    void aThreadIsNoProcess() throws Exception {
        try (Target target = Target.start()) {
            long thread = target.threadIdOf("till");
            assertRefused(thread, ExitCode.NO_SUCH_JVM, "it is a thread of " + target.pid() + ".");
            assertThat(target.works()).isTrue();
            assertThat(target.errors()).isEmpty();
        }
    }

    @Test
    void aProcessThatIsNoJvmLivesOn() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            assertRefused(sleep.pid(), ExitCode.NO_SUCH_JVM, "is not a JVM: it runs `sleep`");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading"})
    void aJvmThatForbidsAttaching(String option) throws Exception {
        assertLeftAlone(List.of(), ExitCode.REFUSED, "was started with " + option, option);
    }

    @Test
    void aJvmThatForbidsAttachingInItsEnvironment() throws Exception {
        assertLeftAlone(
                List.of("env", "JAVA_TOOL_OPTIONS=-XX:+DisableAttachMechanism -XX:-UsePerfData"),
                ExitCode.REFUSED,
                "was started with -XX:+DisableAttachMechanism");
    }

    @Test
    void aJvmThatDoesNotHandleTheSignal() throws Exception {
        // -Xrs opens the socket at the start; a process that lost it must not get the signal.
        try (Target target = Target.start("-Xrs")) {
            Files.deleteIfExists(socketOf(target));
            assertRefused(target.pid(), ExitCode.REFUSED, "does not handle SIGQUIT");
            assertThat(target.works()).isTrue();
        }
    }

    @Test
    void aJvmThatIsPaused() throws Exception {
        try (Target target = Target.start()) {
            target.signal("STOP");
            assertRefused(target.pid(), ExitCode.REFUSED, "is paused");
            target.signal("CONT");
            assertThat(target.works()).isTrue();
            assertThat(target.errors()).isEmpty();
        }
    }

    private void assertLeftAlone(
            List<String> prefix, int exitCode, String message, String... options) throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        try (Target target = Target.start(prefix, home, options)) {
            assertRefused(target.pid(), exitCode, message);
            assertThat(socketOf(target)).doesNotExist();
            // A thread dump would be what the signal makes a JVM print.
            assertThat(target.works()).isTrue();
            assertThat(target.errors()).doesNotContain("thread dump");
        }
    }

    private void assertRefused(long pid, int exitCode, String message) throws Exception {
        try (Command command = jtracer("--attach", Long.toString(pid))) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(exitCode);
            assertThat(command.messages()).contains(message).doesNotContain("Exception");
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static Path socketOf(Target target) {
        return Path.of("/tmp/.java_pid" + target.pid());
    }
}
