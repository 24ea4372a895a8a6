package io.github.jtracer.core;

import io.github.jtracer.core.filter.ApplicationScope;
import io.github.jtracer.core.filter.ClassFilter;
import io.github.jtracer.core.own.OwnThreads;
import io.github.jtracer.core.weave.LoggedValues;
import io.github.jtracer.core.weave.Weaver;
import io.github.jtracer.core.weave.WeavingReport;
import io.github.jtracer.probe.Clock;
import io.github.jtracer.probe.Recorder;
import io.github.jtracer.probe.TimeStampCounter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One recording, from weaving to the last byte written.
 *
 * <p>Order matters twice. At the start the probes go in first and the recorder is switched on last,
 * so that a recording begins with everything woven that can be running; where there is much that is
 * not initialized yet, this follows. At the stop the recorder is switched off first; unweaving then
 * is the safepoint that {@link Recorder#quiescent} needs.
 */
final class LiveRecording {
    private static final long QUIESCENCE_MILLIS = 2000;
    private static final long WEAVING_MILLIS = 10_000;

    private final Settings settings;
    private final Clock clock;
    private final ClassFilter filter;
    private final Recorder recorder;
    private final Weaver weaver;

    /**
     * Makes the buffer's memory ready; nothing is recorded or given back before it has ended. Null
     * where there could be no such thread.
     */
    private final Thread touching;

    /** Weaves what was not initialized at the start; null if there was no such thing. */
    private volatile Thread weavingTheRest;

    /** Or null: a recording that does not outlive its process. */
    private final Recovery recovery;

    private final Instant begun = Instant.now();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Moment start = Moment.NONE;
    private Moment stop = Moment.NONE;
    private InitialStacks stacks = InitialStacks.NONE;
    private volatile String stoppedBy = "";

    /** Whether the JVM has come to a safepoint since nothing is recorded any more. */
    private volatile boolean unwoven;

    private long weaveNanos;

    private LiveRecording(
            Settings settings,
            Clock clock,
            ClassFilter filter,
            Recorder recorder,
            Weaver weaver,
            Thread touching,
            Recovery recovery) {
        this.settings = settings;
        this.clock = clock;
        this.filter = filter;
        this.recorder = recorder;
        this.weaver = weaver;
        this.touching = touching;
        this.recovery = recovery;
    }

    /**
     * Makes ready; nothing of the target is touched yet.
     *
     * @throws ProblemException if the clock that was asked for cannot be had, or the memory
     */
    static LiveRecording prepare(Instrumentation instrumentation, Settings settings) {
        // Beside what follows, which takes about as long.
        OwnThreads.tryStart("jtracer-load", Weaver::load);
        Clock clock = clock(settings.clock());
        long minTicks = minTicks(settings, clock);
        boolean bounded = minTicks > 0 || settings.maxDepth() > 0;
        ClassFilter filter =
                new ClassFilter(
                        settings.include(), settings.exclude(), ApplicationScope.ofThisJvm());
        MemoryRoom.require(settings.bufferBytes());
        RecoveryFolder folder = RecoveryFolder.of(settings);
        Recorder recorder;
        try {
            recorder =
                    Recorder.prepare(
                            new Recorder.Options(
                                    clock,
                                    settings.bufferBytes(),
                                    settings.overwrite(),
                                    minTicks,
                                    settings.maxDepth(),
                                    folder == null ? 0 : folder.memory()));
        } catch (OutOfMemoryError e) {
            throw MemoryRoom.notEnough(settings.bufferBytes());
        }
        Weaver weaver =
                new Weaver(
                        instrumentation,
                        filter,
                        settings.trivial(),
                        clock,
                        bounded,
                        new LoggedValues(settings.logArgs(), settings.logReturn()));
        // Beside the weaving, which takes about as long.
        Thread touching = OwnThreads.tryStart("jtracer-touch", recorder::touch);
        Recovery recovery =
                folder == null ? null : new Recovery(folder, instrumentation, recorder, weaver);
        return new LiveRecording(settings, clock, filter, recorder, weaver, touching, recovery);
    }

    /**
     * The counter's rate is a rough one: too little is taken back rather than too much, and whoever
     * reads the recording leaves out the rest exactly.
     */
    private static long minTicks(Settings settings, Clock clock) {
        long nanos = settings.minDurationNanos();
        return clock == Clock.NANO || nanos == 0
                ? nanos
                : (long) Math.floor(nanos * TscRate.ticksPerNano() * 0.999);
    }

    private void touchTheRest() {
        recorder.touch();
        OwnThreads.join(touching);
    }

    private static Clock clock(Settings.ClockChoice choice) {
        Optional<String> unavailable =
                choice == Settings.ClockChoice.NANO
                        ? Optional.of("not asked for")
                        : TimeStampCounter.unavailable();
        if (choice == Settings.ClockChoice.TSC && unavailable.isPresent()) {
            throw new ProblemException(
                    ProblemException.USAGE,
                    "The time-stamp counter cannot be used in this JVM: " + unavailable.get() + ".",
                    "Leave out --clock=tsc.");
        }
        return unavailable.isPresent() ? Clock.NANO : Clock.TSC;
    }

    /**
     * Weaves, then records. If nothing matches, everything is undone.
     *
     * @throws ProblemException if no method matches
     */
    void start() {
        Moment before = Moment.now(clock);
        try {
            weaver.weave();
            weaver.report().time("wait for the buffer's memory", this::touchTheRest);
        } finally {
            weaveNanos = System.nanoTime() - before.nanos();
        }
        stacks = InitialStacks.capture(weaver.wovenNames());
        start = Moment.now(clock);
        if (recovery != null) {
            recovery.begin(this, before);
        }
        recorder.start();
        if (weaver.report().postponed() > 0) {
            weavingTheRest = OwnThreads.tryStart("jtracer-weave", weaver::weavePostponed);
            if (weavingTheRest == null) {
                weaver.weavePostponed();
            }
        }
    }

    /** Whether no loaded method matches; what has not been woven yet is waited for. */
    boolean nothingMatches() {
        if (report().classes() == 0) {
            OwnThreads.join(weavingTheRest);
        }
        return report().classes() == 0;
    }

    /** It could not be saved: what would be deleted now is the only thing there is. */
    void keepRecoverable() {
        if (recovery != null) {
            recovery.stay();
        }
    }

    /** Stops once; later calls change nothing. */
    void stop(String reason) {
        synchronized (this) {
            if (!stoppedBy.isEmpty()) {
                return;
            }
            stoppedBy = reason;
        }
        // It allocates nothing: also where the target has no heap left, nothing is recorded now.
        recorder.stop();
        try {
            stop = Moment.now(clock);
            if (recovery != null) {
                recovery.stop();
            }
        } finally {
            unweave();
        }
    }

    private void unweave() {
        try {
            weaver.noMore();
            if (weavingTheRest != null) {
                endWeaving();
            }
            unwoven = weaver.unweave();
            awaitQuiescence();
        } finally {
            stopped.countDown();
        }
    }

    /**
     * What is in work must have its probes before they can be taken out. The thread may hang in a
     * class loader of the application's; then it has woven nothing, or is looked after later.
     *
     * <p>The target may have no heap left: nothing here needs any before that thread has ended.
     */
    private void endWeaving() {
        if (!OwnThreads.join(weavingTheRest, WEAVING_MILLIS)) {
            OwnThreads.tryStart(
                    "jtracer-late",
                    () -> {
                        OwnThreads.join(weavingTheRest);
                        weaver.unweave();
                    });
        }
    }

    private boolean awaitQuiescence() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUIESCENCE_MILLIS);
        while (!recorder.quiescent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    boolean awaitStopped(long millis) throws InterruptedException {
        return stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Writes it raw. After {@link #stop}, before {@link #free}. */
    void writeTo(OutputStream out) throws IOException {
        new RawRecording(this, recorder, weaver, stacks).writeTo(out);
    }

    /**
     * Gives the memory back. If a thread has not left the probe by now, or may not have because the
     * probes could not be taken out, the memory stays allocated: a leak is better than a crash.
     */
    void free() {
        OwnThreads.join(touching);
        boolean unused = unwoven && awaitQuiescence();
        if (unused) {
            recorder.free();
        }
        if (recovery != null) {
            recovery.close(unused);
        }
    }

    /** What has to be done every now and then while it runs. */
    void tend(boolean retireChunks) {
        if (recovery != null) {
            recovery.update(Moment.now(clock));
        }
        recorder.pruneEnded();
        if (retireChunks) {
            recorder.retireChunks();
        }
    }

    Settings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    String scope() {
        return filter.describe();
    }

    WeavingReport report() {
        return weaver.report();
    }

    /** How many loaded classes are included, but excluded as a whole. */
    int excludedClasses() {
        return weaver.excludedClasses();
    }

    Recorder.Progress progress() {
        return recorder.progress();
    }

    long bufferBytes() {
        return recorder.bufferBytes();
    }

    long usedBytes() {
        return recorder.usedBytes();
    }

    Instant begun() {
        return begun;
    }

    Moment startMoment() {
        return start;
    }

    Moment stopMoment() {
        return stop;
    }

    String stoppedBy() {
        return stoppedBy;
    }

    long weaveMillis() {
        return TimeUnit.NANOSECONDS.toMillis(weaveNanos);
    }

    /** Since the probes are in, until now or until it stopped. */
    long millis() {
        if (start == Moment.NONE) {
            return 0;
        }
        long end = stop == Moment.NONE ? System.nanoTime() : stop.nanos();
        return TimeUnit.NANOSECONDS.toMillis(end - start.nanos());
    }
}
