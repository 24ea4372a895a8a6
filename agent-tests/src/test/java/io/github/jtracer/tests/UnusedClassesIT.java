package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.tests.program.Beginning;
import io.github.jtracer.trace.RecordingFormat;
import io.github.jtracer.trace.wire.Message;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where there are very many classes, those that nobody has used yet are woven while it records
 * already. Whatever they do meanwhile: what is missing is named, and what they were they are again.
 */
class UnusedClassesIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.";
    private static final String NUMBERED = PROGRAM + "A*";
    private static final String NAMES = "first second";
    private static final int USED = 600;
    private static final int UNUSED = 700;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    private static Target target(Jdk jdk) {
        Target target = Target.start(jdk);
        target.ask("numbered " + USED + " true");
        target.ask("numbered " + UNUSED + " false");
        return target;
    }

    private static void assertStarts(Attachment attachment, int unused) {
        assertThat(attachment.start("include", NUMBERED, "trivial", "true").get("postponed"))
                .isEqualTo(String.valueOf(unused));
    }

    private static long recorded(Trace trace) {
        return trace.counts().entrySet().stream()
                .filter(count -> count.getKey().matches("A\\d{4}\\.answer"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void assertAsBefore(Target target) {
        assertThat(target.ask("callNumbered")).isEqualTo(NAMES);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", "io.github.jtracer.tests.program.Calls");
            assertThat(target.ask("callNumbered")).isEqualTo(NAMES);
            assertThat(attachment.stop().slices).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void afterwardsTheyAreWovenAsAllOthers(Jdk jdk) throws Exception {
        try (Target target = target(jdk)) {
            try (Attachment attachment = Attachment.to(target)) {
                assertStarts(attachment, UNUSED);
                while (target.ask("threadNames").contains("jtracer-weave")) {
                    Thread.sleep(20);
                }
                assertThat(target.ask("callNumbered")).isEqualTo(NAMES);
                Trace trace = attachment.stop().complete();
                assertThat(recorded(trace)).isEqualTo(USED + UNUSED);
                assertThat(trace.stopped.get("late")).isEqualTo("0");
                assertThat(trace.info.get(RecordingFormat.HEADER_LATE_CLASSES)).isEqualTo("0");
            }
            assertAsBefore(target);
            try (Attachment attachment = Attachment.to(target)) {
                assertStarts(attachment, 0);
                assertThat(target.ask("callNumbered")).isEqualTo(NAMES);
                assertThat(recorded(attachment.stop().complete())).isEqualTo(USED + UNUSED);
            }
            assertAsBefore(target);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatIsUsedMeanwhileIsNamed(Jdk jdk) {
        try (Target target = target(jdk)) {
            try (Attachment attachment = Attachment.to(target)) {
                assertStarts(attachment, UNUSED);
                assertThat(target.ask("callNumbered")).isEqualTo(NAMES);
                Trace trace = attachment.stop();
                long missing = USED + UNUSED - recorded(trace);
                assertThat(missing).isBetween(0L, (long) UNUSED);
                long late = trace.info.getLong(RecordingFormat.HEADER_LATE_CLASSES, -1);
                assertThat(late).isGreaterThanOrEqualTo(missing);
                assertThat(trace.stopped.getLong("late", -1)).isEqualTo(late);
                assertThat(trace.stopped.get("lateNames").lines())
                        .allMatch(name -> name.matches(".*\\.A\\d{4}"))
                        .hasSize((int) Math.min(late, 200));
            }
            assertAsBefore(target);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aStopInTheMiddleLeavesNothing(Jdk jdk) throws Exception {
        try (Target target = target(jdk)) {
            for (int millis = 0; millis < 300; millis += 20) {
                try (Attachment attachment = Attachment.to(target)) {
                    assertStarts(attachment, UNUSED);
                    Thread.sleep(millis);
                    assertThat(attachment.stop().slices).isEmpty();
                }
                assertThat(target.ask("parametersOfNumbered")).isEqualTo(NAMES);
            }
            assertAsBefore(target);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theOnlyOneThatMatchesMayBeAmongThem(Jdk jdk) {
        try (Target target = target(jdk)) {
            target.ask("load " + PROGRAM + "Rare");
            try (Attachment attachment = Attachment.to(target)) {
                attachment.start("include", PROGRAM + "*::rare");
                assertThat(target.ask("call " + PROGRAM + "Rare rare")).isEqualTo("6");
                assertThat(attachment.stop().complete().counts()).containsEntry("Rare.rare", 1L);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatIsJustBeingInitializedIsInUse(Jdk jdk) {
        try (Target target = target(jdk)) {
            target.ask("beginInitializing " + PROGRAM + "Beginning");
            try (Attachment attachment = Attachment.to(target)) {
                Message woven =
                        attachment.start("include", NUMBERED + "\n" + PROGRAM + "Beginning");
                assertThat(woven.get("postponed")).isEqualTo(String.valueOf(UNUSED));
                target.ask("setProperty " + Beginning.END);
                assertThat(attachment.stop().counts()).containsKey("Beginning.step");
            }
        }
    }
}
