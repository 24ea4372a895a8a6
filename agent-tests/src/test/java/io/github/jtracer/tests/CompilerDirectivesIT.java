package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where thousands of classes are woven, C2 is told to leave the weaver alone meanwhile. */
class CompilerDirectivesIT {
    private static final String TWIN = "io.github.jtracer.tests.program.Twin";

    /** What HotSpot prints of a method that directives keep from being compiled. */
    private static final String EXCLUDED = "### Excluding compile: ";

    @TempDir private Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void onlyTheUsersOwnAreLeft(Jdk jdk) throws Exception {
        Path log = folder.resolve("vm.log");
        try (Target target = Target.start(jdk, printCompilationTo(log))) {
            target.ask("clones 1500 " + TWIN);
            jcmd(jdk, target, "Compiler.directives_add", own());
            String before = jcmd(jdk, target, "Compiler.directives_print");
            assertThat(before).contains("com/acme/Order");

            try (Attachment attachment = Attachment.to(target)) {
                attachment.start("include", TWIN, "trivial", "true");
                assertThat(jcmd(jdk, target, "Compiler.directives_print"))
                        .as("while it records")
                        .isEqualTo(before);
                attachment.stop();
            }

            assertThat(jcmd(jdk, target, "Compiler.directives_print")).isEqualTo(before);
            target.tell("return");
            assertThat(target.exitCode()).isZero();
        }
        assertThat(Files.readAllLines(log).stream().filter(line -> line.contains(EXCLUDED)))
                .isNotEmpty()
                .allMatch(line -> line.contains("io.github.jtracer.core."));
    }

    private static String[] printCompilationTo(Path log) {
        return new String[] {
            "-XX:+PrintCompilation",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-DisplayVMOutput",
            "-XX:+LogVMOutput",
            "-XX:LogFile=" + log
        };
    }

    private String own() throws IOException {
        return Files.writeString(
                        folder.resolve("own.json"),
                        "[{match: \"com/acme/Order.*\", c2: {Exclude: true}}]")
                .toString();
    }

    /** What the JDK's own tool says, less its first line, which names the process. */
    private static String jcmd(Jdk jdk, Target target, String... command) throws Exception {
        String[] all =
                Stream.concat(
                                Stream.of(
                                        jdk.home().resolve("bin/jcmd").toString(),
                                        String.valueOf(target.pid())),
                                Stream.of(command))
                        .toArray(String[]::new);
        Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(output).isZero();
        return output.substring(output.indexOf('\n') + 1);
    }
}
