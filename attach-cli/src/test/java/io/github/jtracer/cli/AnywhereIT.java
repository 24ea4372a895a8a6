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
import org.junit.jupiter.params.provider.MethodSource;

/** Targets of other users and in containers (namespaces); most of it needs root to set up. */
class AnywhereIT {
    private static final String SELL = "io.github.jtracer.cli.Shop.sell";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void rootAttachesToAnotherUsersJvm(Path jdk) throws Exception {
        assumeRoot();
        try (Target target = Target.start(AS_NOBODY, jdk)) {
            assertRecords(target);
        }
    }

    /** A JVM of that pid, root's, was killed; the other user's cannot replace what it left. */
    @ParameterizedTest
    @MethodSource("jdks")
    void rootClearsAwayWhatAnEarlierJvmOfThatPidLeftBehind(Path jdk) throws Exception {
        assumeRoot();
        try (Target target = Target.start(AS_NOBODY, jdk)) {
            Files.createFile(Path.of("/tmp/.java_pid" + target.pid()));
            assertRecords(target);
        }
    }

    @Test
    void anotherUserIsToldWhoseItIs() throws Exception {
        assumeRoot();
        try (Target target = Target.start();
                Command command = asNobody("--attach", target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.REFUSED);
            assertThat(command.messages())
                    .contains("Process " + target.pid() + " belongs to root.")
                    .contains("`sudo -u root jtracer ...`");
            assertThat(target.works()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesIntoAContainer(Path jdk) throws Exception {
        assumeRoot();
        try (Target target = Target.inContainer(jdk, "exec")) {
            assertRecords(target);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesIntoAContainerOfAnotherUser(Path jdk) throws Exception {
        assumeRoot();
        try (Target target = Target.inContainer(jdk, "exec " + String.join(" ", AS_NOBODY))) {
            assertRecords(target);
        }
    }

    /** Root of the host is root there. */
    @ParameterizedTest
    @MethodSource("jdks")
    void rootAttachesIntoAUserNamespaceThatKnowsIt(Path jdk) throws Exception {
        assumeRoot();
        assumeUserNamespaces(List.of());
        try (Target target = Target.inUserNamespace(List.of(), jdk)) {
            assertRecords(target);
        }
    }

    /** Root of the host is nobody there; the user who started the container is not. */
    @ParameterizedTest
    @MethodSource("jdks")
    void whoStartedAUserNamespaceAttachesIntoIt(Path jdk) throws Exception {
        assumeRoot();
        assumeUserNamespaces(AS_NOBODY);
        try (Target target = Target.inUserNamespace(AS_NOBODY, jdk)) {
            try (Command root = jtracer("--attach", target.name())) {
                assertThat(root.exitCode()).as(root.messages()).isEqualTo(ExitCode.REFUSED);
                assertThat(root.messages())
                        .contains("in a user namespace of its own, in which root here is nobody")
                        .contains("`sudo -u nobody jtracer ...`");
            }
            String file = "/tmp/jtracer-test-" + target.pid() + ".json";
            try (Command command = asNobody("--attach", target.name(), "-t", "0.3", "-o", file)) {
                assertThat(command.exitCode()).as(command.messages()).isZero();
                assertThat(Traces.calls(Path.of(file))).contains(SELL);
            } finally {
                Files.deleteIfExists(Path.of(file));
            }
            assertThat(target.works()).isTrue();
        }
    }

    private static void assumeUserNamespaces(List<String> user) throws Exception {
        List<String> words = new java.util.ArrayList<>(user);
        words.addAll(List.of("unshare", "-U", "-r", "-m", "-p", "-f", "--mount-proc", "true"));
        assumeTrue(
                new ProcessBuilder(words).start().waitFor() == 0,
                "this system does not permit user namespaces");
    }

    @Test
    void aReadOnlyFolderForTemporaryFilesIsSaidToBeTheReason() throws Exception {
        assumeRoot();
        try (Target target = Target.inContainer(Jdks.running(), "mount -o remount,ro /tmp; exec");
                Command command = jtracer("--attach", target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.REFUSED);
            assertThat(command.messages()).contains("has no writable /tmp");
            assertThat(target.works()).isTrue();
        }
    }

    /** What a command left that was killed cannot be kept there; the target must not notice. */
    @Test
    void aFullFolderForTemporaryFilesHurtsNothing() throws Exception {
        assumeRoot();
        String small = "mount -o remount,size=4m /tmp; exec";
        try (Target target = Target.inContainer(Jdks.running(), small, "-Dbusy=true");
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            while (used(target) < 16 << 20) {
                assertThat(command.isRunning()).as(command.messages()).isTrue();
            }
            command.signal("KILL");
            command.exitCode();
            while (target.isWoven()) {
                Thread.sleep(10);
            }
            assertThat(target.works()).isTrue();
            assertRecords(target);
            assertThat(Traces.filesIn(Path.of("/proc/" + target.pid() + "/root/tmp")))
                    .noneMatch(name -> name.endsWith(".jtr"));
        }
    }

    private long used(Target target) throws Exception {
        try (Command status = jtracer("status", target.name())) {
            assertThat(status.exitCode()).as(status.messages()).isZero();
            return status.output()
                    .lines()
                    .filter(line -> line.startsWith("bufferUsed: "))
                    .mapToLong(line -> Long.parseLong(line.substring("bufferUsed: ".length())))
                    .findFirst()
                    .orElse(0);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesWhenTheSocketWasDeleted(Path jdk) throws Exception {
        try (Target target = Target.start(jdk)) {
            assertRecords(target);
            Files.delete(Path.of("/tmp/.java_pid" + target.pid()));
            assertRecords(target);
            assertThat(target.errors()).doesNotContain("thread dump");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesWhenTheWorkingFolderIsGone(Path jdk) throws Exception {
        Path gone = Files.createTempDirectory("gone");
        try (Target target = Target.startWithJar(in(gone), jdk)) {
            Files.delete(gone);
            assertRecords(target);
        }
    }

    @Test
    void sparesAJvmThatWouldBreakWithoutItsWorkingFolder() throws Exception {
        Path gone = Files.createTempDirectory("gone");
        try (Target target = Target.start(in(gone), Jdks.running());
                Command command = deleteAnd(gone, "--attach", target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.REFUSED);
            assertThat(command.messages()).contains("has lost its working folder");
            assertThat(target.works()).isTrue();
            assertThat(target.errors()).isEmpty();
        }
    }

    private static List<String> in(Path folder) {
        return List.of("sh", "-c", "cd " + folder + " && exec \"$@\"", "sh");
    }

    private Command deleteAnd(Path gone, String... arguments) throws IOException {
        Files.delete(gone);
        return jtracer(arguments);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void attachesWithoutPerformanceDataAndWithReducedSignals(Path jdk) throws Exception {
        try (Target target = Target.start(List.of(), jdk, "-XX:-UsePerfData", "-Xrs")) {
            assertRecords(target);
        }
    }

    @Test
    void aFileOfAnotherUserUnderTheAgentsNameIsNotUsed() throws Exception {
        assumeRoot();
        try (Target target = Target.inContainer(Jdks.running(), "exec")) {
            assertRecords(target);
            Path temp = Path.of("/proc/" + target.pid() + "/root/tmp");
            Path agent =
                    temp.resolve(
                            Traces.filesIn(temp).stream()
                                    .filter(name -> name.startsWith("jtracer-agent-"))
                                    .findFirst()
                                    .orElseThrow());
            byte[] good = Files.readAllBytes(agent);
            Files.setAttribute(agent, "unix:uid", 65534);
            assertRecords(target);
            assertThat(agent).hasBinaryContent(good);
            assertThat(Files.getAttribute(agent, "unix:uid")).isEqualTo(65534);
        }
    }

    @Test
    void severalAtOnceGiveAFileEach() throws Exception {
        try (Target one = Target.start();
                Target two = Target.start();
                Command command =
                        jtracer("--attach", one.name(), "--attach", two.name(), "-t", "0.3")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.filesIn(folder))
                    .containsExactlyInAnyOrder(
                            "result-" + one.pid() + ".json", "result-" + two.pid() + ".json");
        }
    }

    @Test
    void aNameThatSeveralHaveListsThem() throws Exception {
        try (Target one = Target.start();
                Target two = Target.start();
                Command command = jtracer("--attach", "cli.Shop")) {
            assertThat(command.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages()).contains(one.name()).contains(two.name());
        }
    }

    @Test
    void theListShowsWhatThereIs() throws Exception {
        try (Target target = Target.start();
                Command table = jtracer();
                Command json = jtracer("list", "--json")) {
            assertThat(table.exitCode()).isZero();
            assertThat(table.output()).containsPattern("(?m)^" + target.pid() + " .*cli\\.Shop$");
            assertThat(json.exitCode()).isZero();
            assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(json.output()))
                    .anyMatch(jvm -> jvm.get("pid").asLong() == target.pid());
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theListSaysWhoIsRecordedWithoutAsking(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command = jtracer("--attach", target.name())) {
            command.awaitMessage("Recording until");
            // Whoever asked it would have it make this again.
            Path socket = Path.of("/tmp/.java_pid" + target.pid());
            Files.delete(socket);
            assertThat(tracerInTheList(target)).isEqualTo("recording");
            command.signal("KILL");
            command.exitCode();
            while (target.hasThread("jtracer-")) {
                Thread.sleep(10);
            }
            assertThat(tracerInTheList(target)).isEqualTo("kept");
            assertThat(socket).doesNotExist();
            try (Command save = jtracer("save", target.name())) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
            }
            Files.delete(socket);
            assertThat(tracerInTheList(target)).isEqualTo("none");
            assertThat(socket).doesNotExist();
        }
    }

    private String tracerInTheList(Target target) throws Exception {
        try (Command list = jtracer("list", "--json")) {
            assertThat(list.exitCode()).as(list.messages()).isZero();
            for (var jvm :
                    new com.fasterxml.jackson.databind.ObjectMapper().readTree(list.output())) {
                if (jvm.get("pid").asLong() == target.pid()) {
                    return jvm.get("tracer").asText();
                }
            }
            throw new AssertionError("not in the list:\n" + list.output());
        }
    }

    @Test
    void aProcessThatDidNotInstallTheTracerIsNotSignalled() throws Exception {
        try (Target target = Target.start()) {
            for (String spelling : List.of("--attach-installed", "--attach_installed")) {
                try (Command command = jtracer(spelling, target.name(), "-t", "1")) {
                    assertThat(command.exitCode()).isEqualTo(ExitCode.REFUSED);
                    assertThat(command.messages()).contains("has no handler for SIGUSR1");
                }
            }
            assertThat(target.works()).isTrue();
        }
    }

    private void assertRecords(Target target) throws Exception {
        try (Command command = jtracer("--attach", target.name(), "-t", "0.3")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
            assertThat(target.works()).isTrue();
        }
    }

    private Command jtracer(String... arguments) throws IOException {
        return Command.packaged(folder, arguments);
    }

    private Command asNobody(String... arguments) throws IOException {
        // The checkout may be somewhere that nobody may read.
        Path jar = Files.createTempFile("jtracer", ".jar");
        Files.copy(
                Path.of(System.getProperty("jtracer.jar")),
                jar,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(
                jar, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        jar.toFile().deleteOnExit();
        return Command.start(
                Path.of("/tmp"), List.of("-jar", jar.toString()), AS_NOBODY, arguments);
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    }
}
