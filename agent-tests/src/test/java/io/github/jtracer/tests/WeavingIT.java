package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Woven code does what it did, whatever its shape; and afterwards it is what it was. */
class WeavingIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    /**
     * A probe that was left in some method would now put events of that method into a recording of
     * something else.
     */
    private static void assertNothingIsWoven(Target target) {
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "Calls::waiting", "trivial", "true");
            target.ask("everything");
            target.ask("platform 2 10");
            assertThat(attachment.stop().slices).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aWovenProgramComputesWhatItDidAndGetsItsBytesBack(Jdk jdk) {
        Target target = Target.shared(jdk);
        String expected = target.ask("everything");
        byte[] calls = ClassBytes.of(target, PROGRAM + "Calls");
        byte[] constructs = ClassBytes.of(target, PROGRAM + "Constructs");

        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            assertThat(target.ask("everything")).isEqualTo(expected);
            Trace trace = attachment.stop().complete();
            assertThat(trace.counts())
                    .containsEntry("Constructs$Shape.describe", 3L)
                    .containsEntry("Constructs$Shape.name", 3L)
                    .containsEntry("Constructs$Shape.of", 3L)
                    .containsEntry("Constructs$Inner.twice", 1L)
                    .containsEntry("Constructs$Leaf.value", 4L)
                    .containsEntry("Constructs$Point.<init>", 21L)
                    .containsEntry("Constructs$Operation$1.applyAsInt", 1L)
                    .containsEntry("Constructs.returnsFromEverywhere", 3L);
        }

        assertNothingIsWoven(target);
        assertThat(ClassBytes.of(target, PROGRAM + "Calls")).isEqualTo(calls);
        assertThat(ClassBytes.of(target, PROGRAM + "Constructs")).isEqualTo(constructs);
        assertThat(target.ask("everything")).isEqualTo(expected);
        assertNothingIsWoven(target);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void parametersKeepTheirNamesWhileWovenAndAfterwards(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            String names = target.ask("call " + PROGRAM + "Named answer");
            assertThat(names).isEqualTo("first second type; number");
            for (int recording = 0; recording < 2; recording++) {
                try (Attachment attachment = Attachment.to(target)) {
                    attachment.start("include", PROGRAM + "**");
                    assertThat(target.ask("call " + PROGRAM + "Named answer")).isEqualTo(names);
                    assertThat(attachment.stop().complete().counts())
                            .containsEntry("Named.answer", 1L);
                }
                assertThat(target.ask("call " + PROGRAM + "Named answer")).isEqualTo(names);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classFilesOfUnusualShapeRunAsBeforeWhetherLoadedBeforeOrMeanwhile(Jdk jdk) {
        String[] shapes = {
            "Subroutine", "NoFrames", "Branches", "LoopAtStart", "ReusedThis", "SuperAtEnd",
            "TryInSuper", "Size7950", "Size20000", "Size29900", "Size31000", "Size40000",
            "Size65000", "ManyConstants"
        };
        for (boolean before : new boolean[] {true, false}) {
            try (Target target = Target.start(jdk, "-Xverify:all");
                    Attachment attachment = Attachment.to(target)) {
                if (before) {
                    for (String shape : shapes) {
                        answer(target, shape);
                    }
                }
                attachment.start("include", PROGRAM + "**", "trivial", "true");
                for (String shape : shapes) {
                    assertThat(answer(target, shape)).as(shape).isEqualTo("41");
                }
                Trace trace = attachment.stop().complete();
                assertThat(trace.counts())
                        .containsEntry("Branches.answer", 1L)
                        .containsEntry("NoFrames.answer", 1L)
                        .containsEntry("LoopAtStart.answer", 1L)
                        .containsEntry("TryInSuper.answer", 1L)
                        .containsEntry("Size20000.answer", 1L)
                        .doesNotContainKeys("Subroutine.answer", "Size40000.answer");
                assertThat(target.unaskedOutput()).isEmpty();
            }
        }
    }

    private static String answer(Target target, String shape) {
        return target.ask("call " + Shapes.name(shape) + " answer");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classesThatAreLoadedMeanwhileAreWovenAndUnwoven(Jdk jdk) {
        try (Target target = Target.start(jdk);
                Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            assertThat(target.ask("call " + PROGRAM + "Later answer")).isEqualTo("3");
            assertThat(target.ask("callInTwoLoaders " + PROGRAM + "Twin answer"))
                    .isEqualTo("14 14");
            assertThat(target.ask("hidden " + PROGRAM + "Twin")).isEqualTo("14");
            Trace trace = attachment.stop().complete();
            assertThat(trace.counts())
                    .containsEntry("Later.<clinit>", 1L)
                    .containsEntry("Later.answer", 1L)
                    .containsEntry("Calls.depth", 5L)
                    .containsEntry("Twin.answer", 2L);
            attachment.hear(Messages.DONE);
            assertNothingIsWoven(target);
            assertThat(target.ask("callInTwoLoaders " + PROGRAM + "Twin answer"))
                    .isEqualTo("14 14");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClassWhoseDependencyIsMissingSpoilsNothing(Jdk jdk) {
        try (Target target = Target.start(jdk);
                Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            target.tell("load " + Shapes.name("Dependent"));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(target::answer))
                    .hasMessageContaining("NoClassDefFoundError");
            target.ask("depth 3");
            assertThat(attachment.stop().complete().counts()).containsEntry("Calls.depth", 4L);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClassIsWovenThoughItsConstructorsParameterIsMissing(Jdk jdk) {
        try (Target target = Target.start(jdk);
                Attachment attachment = Attachment.to(target)) {
            target.ask("load " + Shapes.name("Optional"));
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            assertThat(answer(target, "Optional")).isEqualTo("41");
            assertThat(attachment.stop().complete().counts()).containsEntry("Optional.answer", 1L);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aClassThatIsOnItsWayInForLongGetsItsBytesBack(Jdk jdk) throws Exception {
        try (Target target = Target.start(jdk)) {
            try (Attachment attachment = Attachment.to(target)) {
                attachment.start("include", PROGRAM + "**", "trivial", "true");
                target.ask("loadLate");
                attachment.stop();
            }
            assertThat(target.ask("letIn")).isEqualTo("14");
            // It is looked for several times a second.
            boolean woven = true;
            for (int i = 0; woven && i < 50; i++) {
                try (Attachment attachment = Attachment.to(target)) {
                    attachment.start("include", PROGRAM + "Calls::waiting", "trivial", "true");
                    target.ask("late");
                    woven = !attachment.stop().slices.isEmpty();
                }
            }
            assertThat(woven).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aTargetWithoutHeapAtTheStopLivesOnWithoutProbes(Jdk jdk) throws Exception {
        try (Target target = Target.start(jdk, "-Xmx32m", "-XX:+UseSerialGC")) {
            String expected = target.ask("everything");
            target.ask("busy 1");
            try (Attachment attachment = Attachment.to(target)) {
                attachment.start("include", PROGRAM + "**", "trivial", "true", "seconds", "1");
                target.ask("full 2500");
            }
            target.ask("idle");
            assertThat(target.ask("everything")).isEqualTo(expected);
            for (int i = 0; i < 100 && isRecording(target); i++) {
                Thread.sleep(100);
            }
            assertNothingIsWoven(target);
        }
    }

    private static boolean isRecording(Target target) {
        try (Attachment attachment = Attachment.to(target)) {
            return attachment.hello().get("state").equals("recording");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void anotherAgentThatRetransformsMeanwhileChangesNothing(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM + "**", "trivial", "true");
            target.ask("depth 3");
            ClassBytes.of(target, PROGRAM + "Calls");
            target.ask("depth 3");
            assertThat(attachment.stop().complete().counts()).containsEntry("Calls.depth", 8L);
        }
        assertNothingIsWoven(target);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void patternsChooseMethodsAndExcludesWin(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start(
                    "include",
                    PROGRAM + "Calls::depth\n" + PROGRAM + "Throwing\n::area",
                    "exclude",
                    "::through\n" + PROGRAM + "Constructs$Circle",
                    "trivial",
                    "true");
            target.ask("everything");
            target.ask("depth 3");
            assertThat(attachment.stop().complete().counts())
                    .containsEntry("Calls.depth", 4L)
                    .containsEntry("Constructs$Square.area", 2L)
                    .containsEntry("Throwing.catching", 1L)
                    .doesNotContainKeys(
                            "Throwing.through", "Constructs$Circle.area", "Calls.inner");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void annotatedMethodsAndClassesAreChosen(Jdk jdk) {
        Target target = Target.shared(jdk);
        target.ask("call " + PROGRAM + "Marked answer");
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start("include", "@" + PROGRAM + "Mark", "trivial", "true");
            target.ask("call " + PROGRAM + "Marked answer");
            target.ask("depth 3");
            assertThat(attachment.stop().complete().counts())
                    .containsEntry("Marked.answer", 1L)
                    .containsEntry("Marked$Whole.one", 1L)
                    .containsEntry("Marked$Whole.two", 1L)
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void trivialMethodsAreLeftAloneUnlessAskedFor(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            Message woven = attachment.start("include", PROGRAM + "**");
            target.ask("platform 1 10");
            assertThat(attachment.stop().complete().counts())
                    .containsEntry("Calls.outer", 10L)
                    .hasSize(1);
            assertThat(woven.getLong("trivial", 0)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classesOfTheJdkCanBeNamedOnPurpose(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            attachment.start(
                    "include", "java.util.concurrent.ThreadPoolExecutor::**", "trivial", "true");
            target.ask("pool 50");
            assertThat(attachment.stop().counts())
                    .containsEntry("ThreadPoolExecutor.execute", 50L)
                    .containsEntry("ThreadPoolExecutor.beforeExecute", 50L);
        }
        assertNothingIsWoven(target);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void allOfTheJdkThatCanBeWovenCanBeWoven(Jdk jdk) {
        Target target = Target.shared(jdk);
        String expected = target.ask("everything");
        for (String include : new String[] {"java.util.**", "java.lang.**\njava.io.**"}) {
            try (Attachment attachment = Attachment.to(target)) {
                attachment.start("include", include, "trivial", "true", "buffer", "1MB");
                for (int i = 0; i < 20; i++) {
                    assertThat(target.ask("everything")).isEqualTo(expected);
                }
                assertThat(attachment.stop().totals.calls()).isPositive();
            }
            assertNothingIsWoven(target);
        }
        assertThat(target.ask("everything")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatTheProbeStandsOnIsRefusedWithTheReason(Jdk jdk) {
        Target target = Target.shared(jdk);
        for (String include :
                new String[] {"java.lang.Thread::**", "java.lang.invoke.**", "java.lang.String"}) {
            try (Attachment attachment = Attachment.to(target)) {
                attachment.say(Message.of(Messages.START, "include", include));
                Message error = attachment.hear(Messages.ERROR);
                assertThat(error.get("code")).isEqualTo("usage");
                assertThat(error.get("what")).contains(include, "never woven");
            }
        }
        assertNothingIsWoven(target);
    }
}
