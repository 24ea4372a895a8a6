package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.SliceFlags;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call is there, once, in its place; or it is counted as lost. */
class ExactnessIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.**";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.withVirtualThreads();
    }

    /** Records while the target does that; the number that it answers. */
    private static long number;

    private static Trace record(Jdk jdk, String command, String... options) {
        Target target = Target.shared(jdk);
        try (Attachment attachment = Attachment.to(target)) {
            String[] all =
                    Stream.concat(
                                    Stream.of(options),
                                    Stream.of("include", PROGRAM, "trivial", "true"))
                            .toArray(String[]::new);
            attachment.start(all);
            String answer = target.ask(command);
            number = answer.matches("-?[0-9]+") ? Long.parseLong(answer) : -1;
            return attachment.stop();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyCallOnEveryPlatformThreadIsThere(Jdk jdk) {
        Trace trace = record(jdk, "platform 8 5000").complete();

        assertThat(trace.counts())
                .containsEntry("Calls.outer", number)
                .containsEntry("Calls.inner", 3 * number)
                .hasSize(2);
        for (int t = 0; t < 8; t++) {
            String name = "worker-" + t;
            assertThat(trace.of("Calls.outer").stream().filter(s -> trace.nameOf(s).equals(name)))
                    .hasSize(5000)
                    .allMatch(s -> s.depth() == 0);
        }
        assertThat(trace.of("Calls.inner")).allMatch(s -> s.depth() == 1);
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void everyCallOnTenThousandVirtualThreadsIsThereOnATrackOfItsOwn(Jdk jdk) {
        Trace trace = record(jdk, "virtual 10000 2").complete();

        assertThat(trace.counts())
                .containsEntry("Calls.moving", number)
                .containsEntry("Calls.nested", number)
                .containsEntry("Calls.outer", number)
                .containsEntry("Calls.inner", 5 * number);
        assertThat(trace.of("Calls.moving").stream().map(Trace.Slice::thread).distinct())
                .hasSize(10_000);
        assertThat(trace.of("Calls.moving")).allMatch(s -> s.depth() == 0);
        assertThat(trace.of("Calls.nested")).allMatch(s -> s.depth() == 1);
        assertThat(
                        trace.threads.values().stream()
                                .filter(t -> t.virtual() && t.name().startsWith("virtual ")))
                .hasSize(5000);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aSmallBufferKeepsTheNewestCallsAndCountsTheOthers(Jdk jdk) {
        for (int threads : new int[] {1, 4, 40}) {
            Trace trace = record(jdk, "platform " + threads + " 3000", "buffer", "64KB");

            assertThat(trace.totals.calls() + trace.lost())
                    .as("%d threads", threads)
                    .isEqualTo(4 * number);
            assertThat(trace.lost()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aBufferThatIsJustFullHasLostNothing(Jdk jdk) {
        // 16 chunks of 4 kB, each with a header of 64 bytes: 8,064 words, two to a call.
        assertThat(record(jdk, "platform 1 1008", "buffer", "64KB").complete().totals.calls())
                .isEqualTo(4032);
        Trace oneMore = record(jdk, "platform 1 1009", "buffer", "64KB");
        assertThat(oneMore.lost()).isPositive();
        assertThat(oneMore.totals.calls() + oneMore.lost()).isEqualTo(4036);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void threadsOfOneNameHaveATrackEach(Jdk jdk) {
        Trace trace = record(jdk, "oneByOne 5 10").complete();
        assertThat(trace.of("Calls.outer").stream().map(Trace.Slice::thread).distinct()).hasSize(5);
        assertThat(trace.of("Calls.outer")).allMatch(s -> trace.nameOf(s).equals("worker-0"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aSmallBufferThatStopsKeepsTheOldestCallsAndCountsTheOthers(Jdk jdk) {
        for (int threads : new int[] {1, 4, 40}) {
            Trace trace =
                    record(
                            jdk,
                            "platform " + threads + " 3000",
                            "buffer",
                            "64KB",
                            "bufferFull",
                            "stop");

            assertThat(trace.totals.calls() + trace.lost())
                    .as("%d threads", threads)
                    .isEqualTo(4 * number);
            assertThat(trace.totals.lostCallsAfter()).isEqualTo(trace.lost()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void threadsThatEndLeaveTheirChunksToOthers(Jdk jdk) {
        Trace trace = record(jdk, "oneByOne 300 20", "buffer", "64KB");

        assertThat(trace.totals.calls() + trace.lost()).isEqualTo(4 * number);
        assertThat(trace.count("Calls.outer")).isGreaterThan(300);
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void aSmallBufferCountsWhatVirtualThreadsLose(Jdk jdk) {
        for (String full : new String[] {"overwrite", "stop"}) {
            Trace trace = record(jdk, "virtual 500 4", "buffer", "64KB", "bufferFull", full);

            assertThat(trace.totals.calls() + trace.lost()).as(full).isEqualTo(8 * number);
            assertThat(trace.lost()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aPoolThatForgetsThreadLocalsDoesNotUseUpTheBuffer(Jdk jdk) {
        Trace trace = record(jdk, "commonPool 200 10", "buffer", "256KB").complete();

        assertThat(trace.count("Calls.outer")).isEqualTo(number);
        assertThat(trace.count("Calls.inner")).isEqualTo(3 * number);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void exceptionsEndTheCallsThatTheyLeaveAndNoOthers(Jdk jdk) {
        Trace trace = record(jdk, "throwing catching").complete();
        assertThat(trace.counts())
                .containsEntry("Throwing.catching", 1L)
                .containsEntry("Throwing.through", 3L)
                .containsEntry("Throwing.after", 1L);
        assertThat(trace.of("Throwing.through")).allMatch(s -> s.has(SliceFlags.EXCEPTION));
        assertThat(trace.of("Throwing.catching")).noneMatch(s -> s.has(SliceFlags.EXCEPTION));
        assertThat(trace.of("Throwing.after")).allMatch(s -> s.depth() == 1);

        Trace inside = record(jdk, "throwing caughtInside").complete();
        assertThat(inside.counts())
                .containsEntry("Throwing.caughtInside", 1L)
                .containsEntry("Throwing.after", 6L)
                .hasSize(2);
        assertThat(inside.slices).noneMatch(s -> s.has(SliceFlags.EXCEPTION));

        Trace withFinally = record(jdk, "throwing swallowing").complete();
        assertThat(withFinally.counts())
                .containsEntry("Throwing.withFinally", 1L)
                .containsEntry("Throwing.through", 1L)
                .containsEntry("Throwing.after", 1L);
        assertThat(withFinally.of("Throwing.after")).allMatch(s -> s.depth() == 2);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void constructorsThatThrowBeforeInAndBehindSuperAreEnded(Jdk jdk) {
        Trace trace = record(jdk, "construct 0 1 2 3").complete();
        assertThat(trace.counts())
                .containsEntry("Throwing.construct", 4L)
                .containsEntry("Throwing$Child.<init>", 4L)
                .containsEntry("Throwing$Child.argument", 4L)
                .containsEntry("Throwing$Fragile.<init>", 3L)
                .containsEntry("Throwing.after", 3L);
        assertThat(
                        trace.of("Throwing$Child.<init>").stream()
                                .filter(s -> s.has(SliceFlags.EXCEPTION)))
                .hasSize(3);
        assertThat(trace.of("Throwing.construct")).allMatch(s -> s.depth() == 0);
        assertThat(trace.of("Throwing.after")).allMatch(s -> s.depth() == 1);

        Trace behind = record(jdk, "constructBehind 22").complete();
        assertThat(behind.counts()).containsEntry("Throwing$Child.<init>", 2L);
        assertThat(behind.of("Throwing.after")).allMatch(s -> s.depth() == 1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aStaticInitializerThatThrowsIsACallLikeAnyOther(Jdk jdk) {
        try (Target target = Target.start(jdk);
                Attachment attachment = Attachment.to(target)) {
            attachment.start("include", PROGRAM, "trivial", "true");
            target.ask("load io.github.jtracer.tests.program.Throwing");
            assertThat(target.ask("throwing initialize")).isEqualTo("ExceptionInInitializerError");
            assertThat(target.ask("throwing initialize")).isEqualTo("NoClassDefFoundError");
            Trace trace = attachment.stop().complete();
            assertThat(trace.counts())
                    .containsEntry("Throwing.initialize", 2L)
                    .containsEntry("Throwing$Unlucky.<clinit>", 1L)
                    .containsEntry("Throwing$Unlucky.compute", 1L);
            assertThat(trace.of("Throwing$Unlucky.<clinit>"))
                    .allMatch(s -> s.has(SliceFlags.EXCEPTION));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void deepRecursionIsThereToTheLastCall(Jdk jdk) {
        Trace trace = record(jdk, "depth 1500").complete();
        assertThat(trace.count("Calls.depth")).isEqualTo(1501);
        assertThat(trace.of("Calls.depth").stream().mapToInt(Trace.Slice::depth).max())
                .hasValue(1500);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aStackThatOverflowsIsThereToTheLastCall(Jdk jdk) {
        for (int i = 0; i < 3; i++) {
            Trace trace = record(jdk, "overflow");
            assertThat(trace.lost()).isZero();
            assertThat(trace.count("Throwing.deeper")).isEqualTo(number);
            assertThat(trace.count("Throwing.overflow")).isEqualTo(1);
            assertThat(trace.of("Throwing.overflow")).allMatch(s -> s.plain());
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aStackThatOverflowsUnderLocksEndsAsItWould(Jdk jdk) {
        for (int i = 0; i < 3; i++) {
            Trace trace = record(jdk, "overflowLocked");
            assertThat(number).isGreaterThan(100);
            assertThat(trace.count("Throwing.deeperLocked")).isEqualTo(number);
            assertThat(trace.of("Throwing.overflowLocked")).allMatch(s -> s.plain());
        }
    }
}
