package io.github.jtracer.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when either side ends, hangs, or comes again and again. */
class LifecycleIT {
    private static final String PROGRAM = "io.github.jtracer.tests.program.**";

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    private static Message begin(Attachment attachment, String... more) {
        String[] all =
                Stream.concat(Stream.of(more), Stream.of("include", PROGRAM, "trivial", "true"))
                        .toArray(String[]::new);
        return attachment.start(all);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void fiftyCyclesOnABusyTargetLeaveNothingBehind(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            target.ask("busy 1");
            cycles(target, 5);
            String resources = target.ask("resources");
            long classes = target.askNumber("loadedClasses");

            cycles(target, 50);

            // The last session's thread ends after it has said that it is done.
            eventually(() -> target.ask("resources"), resources);
            assertThat(target.askNumber("loadedClasses")).isLessThan(classes + 30);
            assertThat(target.ask("threadNames")).doesNotContain("jtracer");
            assertThat(target.askNumber("idle")).as("wrong results").isZero();
            assertThat(target.unaskedOutput()).isEmpty();
        }
    }

    private static void eventually(Supplier<String> actual, String expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!actual.get().equals(expected) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(actual.get()).isEqualTo(expected);
    }

    private static void cycles(Target target, int count) {
        for (int i = 0; i < count; i++) {
            try (Attachment attachment = Attachment.to(target)) {
                begin(attachment, "buffer", "1MB");
                while (attachment.ask(Messages.STATUS, Messages.STATUS).getLong("events", 0) == 0) {
                    // The target's threads have not come by yet.
                }
                assertThat(attachment.stop().totals.calls()).isPositive();
                assertThat(attachment.hear(Messages.DONE).get("uninstalled")).isEqualTo("true");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theRecordingOfACommandThatDiesIsKeptForTheNext(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            try (Attachment dying = Attachment.to(target)) {
                begin(dying);
                target.ask("depth 9");
            }
            try (Attachment next = nextThatFinds(target, "kept")) {
                assertThat(next.fetch().complete().counts()).containsEntry("Calls.depth", 10L);
                assertThat(next.hear(Messages.DONE).get("uninstalled")).isEqualTo("true");
            }
            try (Attachment last = Attachment.to(target)) {
                assertThat(last.hello().get("state")).isEqualTo("fresh");
            }
        }
    }

    /** Attaches until the agent has dealt with the one before; two seconds it has. */
    private static Attachment nextThatFinds(Target target, String state) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            Attachment next = Attachment.to(target);
            if (next.hello().get("state").matches(state)) {
                return next;
            }
            next.close();
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "no " + state + " recording, but " + next.hello().get("state"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aCommandThatDiesWhileWeavingLeavesNothingWoven(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            byte[] bytes = ClassBytes.of(target, "io.github.jtracer.tests.program.Calls");
            try (Attachment dying = Attachment.to(target)) {
                dying.say(Message.of(Messages.START, "include", PROGRAM, "trivial", "true"));
            }
            try (Attachment next = nextThatFinds(target, "kept|fresh")) {
                if (next.hello().get("state").equals("kept")) {
                    next.fetch();
                }
            }
            assertThat(ClassBytes.of(target, "io.github.jtracer.tests.program.Calls"))
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aCommandThatDiesInTheMiddleOfTheRecordingLeavesItWhole(Jdk jdk) {
        try (Target target = Target.start(jdk)) {
            try (Attachment dying = Attachment.to(target)) {
                begin(dying);
                target.ask("platform 4 50000");
                dying.say(Message.of(Messages.STOP));
                dying.hear(Messages.STOPPED);
                dying.hear(Messages.RECORDING);
            }
            try (Attachment next = nextThatFinds(target, "kept")) {
                assertThat(next.fetch().complete().counts())
                        .containsEntry("Calls.outer", 200_000L)
                        .containsEntry("Calls.inner", 600_000L);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aCommandThatHangsHoldsNobodyUp(Jdk jdk) {
        try (Target target = Target.start(jdk);
                Attachment hanging = Attachment.to(target)) {
            begin(hanging, "seconds", "0.2");
            target.ask("platform 4 50000");
            // Nothing is read here: the recording does not fit into the socket.
            try (Attachment second = Attachment.to(target)) {
                assertThat(second.hello().get("state")).isEqualTo("recording");
                Message status;
                do {
                    status = second.ask(Messages.STATUS, Messages.STATUS);
                } while (!status.get("state").equals("saving"));
            }
            assertThat(target.ask("platform 2 10")).isEqualTo("20");
            Trace trace = hanging.receive();
            assertThat(trace.stopped.get("reason")).isEqualTo("time");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aSecondCommandLearnsWhoWasFirstAndDisturbsNothing(Jdk jdk) {
        Target target = Target.shared(jdk);
        try (Attachment first = Attachment.to(target)) {
            begin(first, "startedBy", "the first");
            try (Attachment second = Attachment.to(target)) {
                assertThat(second.hello().get("state")).isEqualTo("recording");
                assertThat(second.hello().get("startedBy")).isEqualTo("the first");
                second.say(Message.of(Messages.START, "include", PROGRAM));
                assertThat(second.hear(Messages.ERROR).get("code")).isEqualTo("recording");
            }
            target.ask("depth 9");
            assertThat(first.stop().complete().counts()).containsEntry("Calls.depth", 10L);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aTargetThatEndsDeliversItsRecordingFirst(Jdk jdk) {
        for (String end : new String[] {"exit", "TERM", "return"}) {
            try (Target target = Target.start(jdk);
                    Attachment attachment = Attachment.to(target)) {
                begin(attachment);
                target.ask("depth 9");
                switch (end) {
                    case "exit" -> target.ask("exit 3");
                    case "TERM" -> target.signal("TERM");
                    default -> target.tell("return");
                }
                Trace trace = attachment.receive();
                assertThat(trace.stopped.get("reason")).as(end).isEqualTo("exit");
                assertThat(trace.counts()).as(end).containsEntry("Calls.depth", 10L);
                assertThat(target.exitCode())
                        .isEqualTo(end.equals("exit") ? 3 : end.equals("TERM") ? 143 : 0);
                assertThat(target.unaskedOutput()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachOfTwoRecordingsHasItsOwnCallsOnly(Jdk jdk) {
        Target target = Target.shared(jdk);
        for (long levels = 3; levels < 6; levels++) {
            target.ask("depth 50");
            try (Attachment attachment = Attachment.to(target)) {
                begin(attachment);
                target.ask("depth " + levels);
                assertThat(attachment.stop().complete().counts())
                        .containsEntry("Calls.depth", levels + 1)
                        .hasSize(1);
            }
            target.ask("depth 50");
        }
    }
}
