package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What calls were given and what they returned. */
class ValuesIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void valuesOfEveryKindAreShownAndNoneIsAsked(Jdk jdk) {
        Target target = Target.shared(jdk);
        String answer = target.ask("call " + PROGRAM + "Given answer");
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start(
                    "include",
                    PROGRAM + "**",
                    "trivial",
                    "true",
                    "logArgs",
                    "true",
                    "logReturn",
                    "true");
            assertThat(target.ask("call " + PROGRAM + "Given answer")).isEqualTo(answer);
            Trace trace = attachment.stop().complete();
            assertThat(arguments(trace, "Given.<init>")).containsExactly(Map.entry("seed", "3"));
            assertThat(arguments(trace, "Given.primitives"))
                    .containsExactly(
                            Map.entry("z", "true"),
                            Map.entry("b", "1"),
                            Map.entry("s", "2"),
                            Map.entry("c", "'c'"),
                            Map.entry("i", "4"),
                            Map.entry("j", "5"),
                            Map.entry("f", "6.5"),
                            Map.entry("d", "7.5"),
                            Map.entry("return", "128.0"));
            assertThat(arguments(trace, "Given.wide"))
                    .containsExactly(
                            Map.entry("first", "1"),
                            Map.entry("second", "2.0"),
                            Map.entry("third", "3"),
                            Map.entry("return", "6"));
            assertThat(arguments(trace, "Given.times"))
                    .containsExactly(
                            Map.entry("price", "9.50"),
                            Map.entry("time", "PT2S"),
                            Map.entry("long100", '"' + "y".repeat(80) + '\u2026'),
                            Map.entry("return", "102"));
            assertThat(arguments(trace, "Given.objects"))
                    .containsEntry("text", "\"text\"")
                    .containsEntry("none", "null")
                    .containsEntry("colour", "RED")
                    .containsEntry("numbers", "int[3]")
                    .containsEntry("return", "\"textnullRED3false\"")
                    .hasEntrySatisfying(
                            "secret",
                            text ->
                                    assertThat(text)
                                            .matches(".*program\\.Given\\$Secret@[0-9a-f]+"));
            assertThat(arguments(trace, "Given.thrower"))
                    .containsExactly(Map.entry("name", "\"x\""), Map.entry("return", "null"));
            assertThat(arguments(trace, "Given.failing"))
                    .containsExactly(Map.entry("name", "\"x\""));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void callsThatAreNotRecordedLeaveTheirValuesToNobody(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start(
                    "include",
                    PROGRAM + "**",
                    "trivial",
                    "true",
                    "logArgs",
                    "true",
                    "logReturn",
                    "true",
                    "maxDepth",
                    "3");
            target.ask("depth 50");
            Trace trace = attachment.stop().complete();
            assertThat(trace.of("Calls.depth").stream().map(Trace.Slice::arguments).toList())
                    .containsExactlyInAnyOrder(
                            Map.of("levels", "50", "return", "50"),
                            Map.of("levels", "49", "return", "49"),
                            Map.of("levels", "48", "return", "48"));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void nothingIsShownUnlessAskedFor(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            target.ask("call " + PROGRAM + "Given answer");
            assertThat(attachment.stop().slices).allMatch(slice -> slice.arguments().isEmpty());
        }
    }

    private static Map<String, String> arguments(Trace trace, String method) {
        assertThat(trace.of(method)).as(method).hasSize(1);
        return trace.of(method).get(0).arguments();
    }
}
