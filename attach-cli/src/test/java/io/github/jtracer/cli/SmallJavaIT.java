package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runtime images that jlink made small, as targets and under the command itself. */
class SmallJavaIT {
    private static final String SELL = "io.github.jtracer.cli.Shop.sell";

    @TempDir static Path images;
    @TempDir Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    /** No {@code java.management} and no {@code jdk.attach}. */
    @ParameterizedTest
    @MethodSource("jdks")
    void aTargetNeedsOnlyInstrument(Path jdk) throws Exception {
        try (Target target = Target.start(image(jdk, "java.base,java.instrument"))) {
            for (int i = 0; i < 2; i++) {
                try (Command command =
                        Command.packaged(folder, "--attach", target.name(), "-t", "0.3")) {
                    assertThat(command.exitCode()).as(command.messages()).isZero();
                    assertThat(Traces.calls(folder.resolve("result.json"))).contains(SELL);
                }
            }
            try (Command status = Command.packaged(folder, "status", target.name())) {
                assertThat(status.exitCode()).as(status.messages()).isZero();
                assertThat(status.output()).contains("state: none");
            }
            assertThat(target.works()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aProgramOnASmallImageIsRunAndRecorded(Path jdk) throws Exception {
        Path java = image(jdk, "java.base,java.instrument").resolve("bin/java");
        try (Command command =
                Command.packaged(
                        folder,
                        "run",
                        "--",
                        java.toString(),
                        "-cp",
                        Target.classes().toString(),
                        Shop.class.getName())) {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(Traces.calls(folder.resolve("result.json")))
                    .contains("io.github.jtracer.cli.Shop.main");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aTargetWithoutInstrumentIsToldFrom(Path jdk) throws Exception {
        try (Target target = Target.start(image(jdk, "java.base"));
                Command command = Command.packaged(folder, "--attach", target.name(), "-t", "1")) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.REFUSED);
            assertThat(command.messages())
                    .contains("cannot load agents: its Java has no module java.instrument.")
                    .contains("`jlink --add-modules java.instrument,...`")
                    .doesNotContain("Exception");
            assertThat(Traces.filesIn(folder)).isEmpty();
            assertThat(target.works()).isTrue();
            assertThat(target.errors()).isEmpty();
        }
    }

    /** What every bare JRE has, and nothing of {@code jdk.attach}. */
    @ParameterizedTest
    @MethodSource("jdks")
    void theCommandNeedsNoAttachModule(Path jdk) throws Exception {
        Path small = image(jdk, "java.base,java.logging,jdk.unsupported");
        try (Target target = Target.start(jdk)) {
            for (String name : List.of("a.json", "b.html", "c.pftrace")) {
                try (Command command =
                        Command.on(
                                small,
                                folder,
                                "--attach",
                                target.name(),
                                "-t",
                                "0.3",
                                "-o",
                                name)) {
                    assertThat(command.exitCode()).as(command.messages()).isZero();
                    assertThat(folder.resolve(name)).isNotEmptyFile();
                }
            }
            assertThat(Traces.calls(folder.resolve("a.json"))).contains(SELL);
        }
        try (Command list = Command.on(small, folder, "list")) {
            assertThat(list.exitCode()).as(list.messages()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aJavaThatIsTooSmallForTheCommandIsNamedAsTheReason(Path jdk) throws Exception {
        try (Target target = Target.start(jdk);
                Command command =
                        Command.on(image(jdk, "java.base"), folder, "--attach", target.name())) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages())
                    .contains("The Java that runs jtracer is too small: it has no sun.misc.Signal")
                    .contains("JAVA_HOME");
            assertThat(command.messages().lines()).hasSize(2);
            assertThat(Files.exists(Path.of("/tmp/.java_pid" + target.pid()))).isFalse();
            assertThat(target.works()).isTrue();
        }
    }

    /** An image of these modules, and what they need; made once. */
    private static Path image(Path jdk, String modules) throws IOException, InterruptedException {
        Path jlink = jdk.resolve("bin/jlink");
        assumeTrue(Files.isExecutable(jlink), jdk + " has no jlink");
        Path image = images.resolve(jdk.getFileName() + "-" + modules.replace(',', '-'));
        if (!Files.exists(image)) {
            Process process =
                    new ProcessBuilder(
                                    jlink.toString(),
                                    "--add-modules",
                                    modules,
                                    "--output",
                                    image.toString())
                            .redirectErrorStream(true)
                            .start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
        }
        return image;
    }
}
