package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.SliceFlags;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Minimum duration, maximum depth, and the edges of a recording. */
class BoundsIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.**";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.withVirtualThreads();
    }

    private static Attachment attach(Target target, String key, String value) {
        Attachment attachment = Attachment.to(target);
        attachment.start("include", PROGRAM, "trivial", "true", key, value);
        return attachment;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shortCallsLeaveNothingAndNoLongOneIsMissing(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "minDuration", "200us")) {
            target.ask("platform 2 2000");
            target.ask("spin 200 100");
            target.ask("spin 50 100");
            target.ask("platform 2 2000");
            Trace trace = attachment.stop();
            assertThat(trace.slices).allMatch(s -> s.duration() >= 200_000);
            assertThat(trace.count("Calls.spin")).isBetween(100L, 199L);
            // Of 32,400 calls a few were interrupted; the rest left no trace in the buffer.
            assertThat(trace.totals.events()).isLessThan(2000);
        }
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void aMinimumDurationHoldsOnVirtualThreadsToo(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "minDuration", "1ms")) {
            target.ask("virtual 1000 4");
            Trace trace = attachment.stop();
            assertThat(trace.slices).allMatch(s -> s.duration() >= 1_000_000 && s.plain());
            // One of four rests a millisecond at least, twice.
            assertThat(trace.count("Calls.moving")).isGreaterThanOrEqualTo(1000);
            assertThat(trace.count("Calls.nested")).isGreaterThanOrEqualTo(1000);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void deeperCallsThanTheMaximumAreLeftOut(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "maxDepth", "5")) {
            target.ask("depth 100");
            target.ask("depth 100");
            target.ask("platform 3 100");
            Trace trace = attachment.stop().complete();
            assertThat(trace.counts())
                    .containsEntry("Calls.depth", 10L)
                    .containsEntry("Calls.inner", 900L);
            assertThat(trace.slices).allMatch(s -> s.depth() < 5);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theDepthIsRightAfterExceptions(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "maxDepth", "2")) {
            for (int i = 0; i < 10; i++) {
                target.ask("construct 0 1 2 3");
                target.ask("constructBehind 1");
                target.ask("throwing catching");
            }
            target.ask("overflow");
            target.ask("depth 5");
            Trace trace = attachment.stop();
            assertThat(trace.counts())
                    .containsEntry("Throwing.construct", 40L)
                    .containsEntry("Throwing.constructBehind", 10L)
                    .containsEntry("Throwing$Child.<init>", 50L)
                    .containsEntry("Throwing.after", 50L)
                    .containsEntry("Throwing.through", 10L)
                    .containsEntry("Calls.depth", 2L);
            assertThat(trace.of("Calls.depth")).allMatch(s -> s.plain());
        }
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void theDepthIsTheVirtualThreadsOwn(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "maxDepth", "1")) {
            long number = target.askNumber("virtual 1000 3");
            Trace trace = attachment.stop().complete();
            assertThat(trace.counts()).containsEntry("Calls.moving", number).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aCallThatIsOpenAtTheStopIsShownUpToIt(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = attach(target, "maxDepth", "0")) {
            target.ask("enter open");
            Trace trace = attachment.stop();
            assertThat(trace.of("Calls.waiting"))
                    .hasSize(1)
                    .allMatch(
                            s ->
                                    s.has(SliceFlags.OPEN)
                                            && s.end() == trace.info.durationNanos()
                                            && trace.nameOf(s).equals("open"));
        } finally {
            target.ask("leave");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void whatAThreadWasInsideOfAtTheStartIsKnown(Jdk jdk) {
        Target target = Target.shared(jdk);
        target.ask("enter before");
        try (Attachment attachment = attach(target, "maxDepth", "0")) {
            target.ask("leave");
            Trace trace = attachment.stop();
            assertThat(trace.stacks.entrySet())
                    .anySatisfy(
                            stack -> {
                                assertThat(trace.threads.get(stack.getKey()).name())
                                        .isEqualTo("before");
                                assertThat(stack.getValue())
                                        .extracting(StackTraceElement::getMethodName)
                                        .containsExactly("waiting");
                            });
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aCallFromOneRecordingDoesNotEndAnothersCalls(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment first = attach(target, "maxDepth", "0")) {
            target.ask("enter across");
            first.stop();
        }
        try (Attachment second = attach(target, "maxDepth", "0")) {
            target.ask("depth 4");
            target.ask("leave");
            target.ask("depth 4");
            Trace trace = second.stop();
            assertThat(trace.counts()).containsEntry("Calls.depth", 10L);
            assertThat(trace.of("Calls.depth")).allMatch(s -> s.plain());
            assertThat(trace.lost()).isZero();
        }
    }
}
