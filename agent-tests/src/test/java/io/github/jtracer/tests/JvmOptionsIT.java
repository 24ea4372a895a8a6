package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same on JVMs that compile, verify and collect in other ways. */
class JvmOptionsIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.**";

    static Stream<Arguments> jvms() {
        List<Arguments> all = new ArrayList<>();
        for (Jdk jdk : Jdk.all()) {
            for (String options :
                    new String[] {
                        "-Xint -XX:+UseSerialGC",
                        "-Xcomp -XX:TieredStopAtLevel=1 -XX:+UseParallelGC",
                        "-XX:-TieredCompilation -Xbatch -XX:+UseZGC -Xverify:all",
                        "-XX:+UnlockDiagnosticVMOptions -XX:+BytecodeVerificationRemote -XX:-Inline",
                    }) {
                all.add(Arguments.of(jdk, options));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void everyCallIsThereAndTheProgramComputesTheSame(Jdk jdk, String options) {
        try (Target target = Target.start(jdk, options.split(" "))) {
            String expected = target.ask("everything");
            for (String clock : new String[] {"auto", "nano"}) {
                try (Attachment attachment = Attachment.to(target)) {
                    attachment.start("include", PROGRAM, "trivial", "true", "clock", clock);
                    assertThat(target.ask("everything")).isEqualTo(expected);
                    long number = target.askNumber("platform 3 10000");
                    Trace trace = attachment.stop().complete();
                    assertThat(trace.counts())
                            .containsEntry("Calls.outer", number)
                            .containsEntry("Calls.inner", 3 * number)
                            .containsEntry("Constructs.everything", 1L);
                }
            }
            assertThat(target.ask("everything")).isEqualTo(expected);
            assertThat(target.errorText().replaceAll("(?m)^.*(WARNING|warning).*\n?", ""))
                    .isEmpty();
        }
    }
}
