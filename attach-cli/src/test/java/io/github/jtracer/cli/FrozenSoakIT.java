package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that do not answer for half a minute. */
class FrozenSoakIT {
    @TempDir Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aJvmInALongSafepointIsGivenUpAndNotHarmed(Path jdk) throws Exception {
        try (Target target =
                Target.start(
                        List.of(),
                        jdk,
                        "-XX:TieredStopAtLevel=4",
                        "-XX:-UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=0")) {
            assertThat(target.ask("freeze")).isEqualTo("freezing");
            Thread.sleep(1000);
            try (Command command = Command.packaged(folder, "--attach", target.name())) {
                assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.REFUSED);
                assertThat(command.messages())
                        .contains("did not open its attach socket within 10 s")
                        .contains("in a long pause of its own");
            }
            assertWorksAndRecords(target);
        }
    }

    private void assertWorksAndRecords(Target target) throws Exception {
        assertThat(target.works()).isTrue();
        record(target);
        assertThat(target.errors().lines().filter(line -> !line.startsWith("WARNING:"))).isEmpty();
    }

    private void record(Target target) throws Exception {
        try (Command command = Command.packaged(folder, "--attach", target.name(), "-t", "0.3")) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.events(folder.resolve("result.json"))).isPositive();
        }
    }
}
