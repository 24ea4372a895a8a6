package io.github.jtracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installing in JVMs of their own: the signal, and what stands in the way. */
class InstallTest {
    @TempDir private Path directory;

    @Test
    void signalStartsAndTheSecondSavesEachWithOneLine() throws Exception {
        ChildJvm child = run(List.of(), "signal-twice", "USR1");

        assertThat(child.output())
                .containsOnlyOnce("Started tracing into " + directory)
                .containsOnlyOnce("Stopped tracing, saved " + directory)
                .contains("status installed SIGUSR1 [TraceFile[name=trace-");
        assertThat(child.exit()).isZero();
    }

    @Test
    void endAtTheTimeLimitIsLoggedToo() throws Exception {
        ChildJvm child = run(List.of(), "signal-until-limit", "USR1");

        assertThat(child.output())
                .containsOnlyOnce("Started tracing into " + directory)
                .containsOnlyOnce("Tracing reached its time limit, saved " + directory);
    }

    @Test
    void signalThatComesAfterAnUninstallDoesNotEndTheProcess() throws Exception {
        ChildJvm child = run(List.of(), "signal-after-uninstall", "USR1");

        assertThat(child.exit()).isZero();
        assertThat(child.output())
                .containsOnlyOnce("SIGUSR1 does nothing: the tracer is uninstalled")
                .contains("status uninstalled none");
    }

    @Test
    void handlerThatTheApplicationHadIsLeftInPlace() throws Exception {
        ChildJvm child = run(List.of(), "foreign-handler", "USR1");

        assertThat(child.output())
                .contains("foreign handler called")
                .containsOnlyOnce("has a handler already")
                .contains("status installed none");
    }

    @Test
    void signalThatTheJvmNeedsIsRefusedWithTheReason() throws Exception {
        ChildJvm child = run(List.of(), "nothing", "USR2");

        assertThat(child.output())
                .containsOnlyOnce("SIGUSR2 cannot be used: the JVM suspends threads with it")
                .contains("status installed none");
    }

    @Test
    void signalsThatTheJvmDoesNotPassOnAreNotPromised() throws Exception {
        ChildJvm child = run(List.of("-Xrs"), "nothing", "USR1");

        assertThat(child.output()).containsOnlyOnce("-Xrs").contains("status installed none");
    }

    @Test
    void forbiddenAttachIsToldOnceAndStopsNothing() throws Exception {
        ChildJvm child = run(List.of("-XX:+DisableAttachMechanism"), "start", "none");

        assertThat(child.output())
                .containsOnlyOnce("Tracing is unavailable: this JVM was started with")
                .contains("remove it, or start the application with -javaagent")
                .contains("refused", "status unavailable")
                .doesNotContain("Full thread dump");
        assertThat(child.exit()).isZero();
    }

    @Test
    void temporaryFolderThatCannotBeWrittenIsToldOnceAndStopsNothing() throws Exception {
        ChildJvm child =
                run(List.of("-Djava.io.tmpdir=" + directory.resolve("missing")), "start", "none");

        assertThat(child.output())
                .containsOnlyOnce("Tracing is unavailable: the temporary folder")
                .contains("status unavailable");
    }

    @Test
    void nothingOfItsOwnIsLeftInTheTemporaryFolder(@TempDir Path temporary) throws Exception {
        ChildJvm child = run(List.of("-Djava.io.tmpdir=" + temporary), "start", "none");

        assertThat(child.output()).contains("status recording none");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void dynamicLoadingThatIsForbiddenStaysForbidden() throws Exception {
        ChildJvm child = run(List.of("-XX:-EnableDynamicAgentLoading"), "start", "none");

        assertThat(child.output())
                .containsOnlyOnce("Tracing is unavailable: this JVM was started with")
                .contains("refused", "status unavailable");
    }

    @Test
    void whatAFileOfOptionsForbidsStaysForbidden() throws Exception {
        Path flags = Files.writeString(directory.resolve("flags"), "+DisableAttachMechanism\n");

        ChildJvm child = run(List.of("-XX:Flags=" + flags), "start", "none");

        assertThat(child.output())
                .contains("could not be loaded (this JVM's options forbid it)", "-javaagent")
                .contains("refused", "status unavailable");
    }

    @Test
    void agentIsLoadedWithoutAnyOtherProcessSignalOrSocket() throws Exception {
        // -Xrs: a helper could not attach to this JVM, which does not listen for SIGQUIT
        ChildJvm child = run(List.of("-Xrs"), "start", "none");

        assertThat(child.output())
                .contains("status recording none")
                .doesNotContain("Full thread dump");
    }

    @Test
    void whereTheJvmHasNoCommandForItAProcessBesideItLoadsTheAgent() throws Exception {
        List<String> noJfr = List.of("--limit-modules", "java.se,jdk.attach,jdk.unsupported");

        ChildJvm child = run(noJfr, "start", "none");

        assertThat(child.output())
                .contains("status recording none")
                .doesNotContain("Full thread dump");
    }

    @Test
    void settingsMayBeLongerThanWhatAnAgentCanBeGiven() throws Exception {
        ChildJvm child = run(List.of(), "start-with-long-settings", "none");

        assertThat(child.output()).contains("status recording none");
    }

    @Test
    void agentOfTheCommandLineIsUsed() throws Exception {
        String agent = AgentJar.unpack().jar() + "=install";
        ChildJvm child =
                run(List.of("-javaagent:" + agent, "-XX:+DisableAttachMechanism"), "start", "none");

        assertThat(child.output()).contains("status recording none").doesNotContain("unavailable");
    }

    private ChildJvm run(List<String> options, String what, String signal) throws Exception {
        return ChildJvm.run(InstallMain.class, options, what, signal, directory.toString());
    }
}
