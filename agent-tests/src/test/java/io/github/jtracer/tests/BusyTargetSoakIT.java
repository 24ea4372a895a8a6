package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.wire.Messages;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** B7: attaches, again and again, to a target that keeps every core busy. */
class BusyTargetSoakIT {
    private static final int ATTACHES = Integer.getInteger("jtracer.soak.attaches", 200);

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void manyAttachesToABusyTargetHurtNothing(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            target.ask("busy " + Runtime.getRuntime().availableProcessors());
            String[][] options = {
                {}, {"minDuration", "10us"}, {"maxDepth", "3"}, {"bufferFull", "stop"}
            };
            for (int i = 0; i < ATTACHES; i++) {
                String[] some = options[i % options.length];
                try (Attachment attachment = Attachment.to(target)) {
                    attachment.start(
                            Stream.concat(
                                            Stream.of(some),
                                            Stream.of(
                                                    "include",
                                                    "io.github.jtracer.tests.program.**",
                                                    "trivial",
                                                    String.valueOf(i % 2 == 0),
                                                    "buffer",
                                                    i % 3 == 0 ? "64KB" : "4MB"))
                                    .toArray(String[]::new));
                    // The trace checks itself: slices nest, the JSON parses and says the same.
                    attachment.stop();
                    // As the command does: until then the one before has not ended.
                    assertThat(attachment.hear(Messages.DONE).get("uninstalled")).isEqualTo("true");
                }
            }
            assertThat(target.askNumber("idle")).as("wrong results").isZero();
            assertThat(target.unaskedOutput()).isEmpty();
            target.tell("return");
            assertThat(target.exitCode()).isZero();
        }
    }
}
