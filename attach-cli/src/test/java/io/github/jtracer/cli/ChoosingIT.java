package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain {@code jtracer} on a terminal: nothing is recorded that nobody chose. */
class ChoosingIT {
    private static final String QUESTION = "Record which one";

    @TempDir Path folder;

    /** Enter, a no, Ctrl+D. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "  \n", "n\n", "No\n", "q\n", "\u0004"})
    void whoWantsNoneGetsNone(String answer) throws Exception {
        Path code = folder.resolve("code");
        try (Target target = Target.start();
                Command command = Command.onTerminal(folder, code)) {
            command.awaitMessage(QUESTION);
            command.type(answer);
            command.exitCode();
            assertThat(code).content().isEqualTo("0\n");
            assertThat(socketOf(target)).doesNotExist();
        }
    }

    @Test
    void asksAgainUntilTheAnswerStandsForOneOfTheList() throws Exception {
        try (Target target = Target.start();
                Target other = Target.start();
                Command command = Command.onTerminal(folder, folder.resolve("code"))) {
            command.awaitMessage(QUESTION);
            command.type("y\n");
            command.awaitMessage("'y' is too short to be a choice");
            command.type("Shop\n");
            command.awaitMessage("'Shop' stands for several JVMs");
            command.type("1\n");
            command.awaitMessage("No JVM of the list has the pid 1");
            assertThat(socketOf(target)).doesNotExist();
            assertThat(socketOf(other)).doesNotExist();
            command.type(target.name() + "\n");
            command.awaitMessage("Recording until Ctrl+C");
            command.type("\u0003");
            command.exitCode();
            assertThat(folder.resolve("code")).content().isEqualTo("0\n");
            assertThat(folder.resolve("result.json")).isNotEmptyFile();
            assertThat(socketOf(other)).doesNotExist();
        }
    }

    /** What comes behind it in a pasted text, or was typed too early, answers nothing. */
    @Test
    void whatWasTypedBeforeTheQuestionIsNoAnswer() throws Exception {
        try (Target target = Target.start();
                Command command = Command.onTerminal(folder, folder.resolve("code"))) {
            command.type(target.name() + "\n");
            command.awaitMessage(QUESTION);
            command.type("\n");
            command.exitCode();
            assertThat(socketOf(target)).doesNotExist();
        }
    }

    /** The list goes to a pipe: nobody would see what he chooses from. */
    @Test
    void whereTheListIsNotSeenNothingIsAsked() throws Exception {
        try (Target target = Target.start();
                Command command = Command.onTerminalInto("cat", folder, folder.resolve("code"))) {
            command.exitCode();
            assertThat(command.output()).contains(target.name()).doesNotContain(QUESTION);
            assertThat(socketOf(target)).doesNotExist();
        }
    }

    private static Path socketOf(Target target) {
        return Path.of("/tmp/.java_pid" + target.pid());
    }
}
