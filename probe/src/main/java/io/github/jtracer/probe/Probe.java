package io.github.jtracer.probe;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;

/**
 * What woven methods call. In the target it is {@code java.lang.JTracerProbe}, visible to every
 * class loader there is.
 *
 * <p>A woven method passes its id as a signed number of {@link EventWord#ID_BITS} bits, so that
 * most are small enough to be pushed without a constant; a <em>site</em> is that id where {@link
 * EventWord} has it. Both are constants for whoever compiles the method. Each probe finds the
 * carrier thread's {@link ThreadLog}, reads the clock and stores one word. It allocates nothing,
 * takes no lock, and calls nothing that can be woven. There is a set of probes for each clock, and
 * for each one with bounds (minimum duration, maximum depth): which set is called is decided when a
 * method is woven, so that nothing is decided when it runs.
 *
 * <p>Entries read the clock last and exits read it first: what the probe itself costs stays outside
 * of the slice as far as can be.
 */
public final class Probe {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private Probe() {}

    @ForceInline
    public static void enter(int method) {
        enterNano(site(method));
    }

    @ForceInline
    public static void exit(int method) {
        leave(site(method) | EventWord.EXIT, System.nanoTime());
    }

    @ForceInline
    public static void thrown(int method) {
        leave(site(method) | EventWord.THROWN, System.nanoTime());
    }

    @ForceInline
    public static void enterTsc(int method) {
        enterCounter(site(method));
    }

    @ForceInline
    public static void exitTsc(int method) {
        leave(site(method) | EventWord.EXIT, TimeStampCounter.read());
    }

    @ForceInline
    public static void thrownTsc(int method) {
        leave(site(method) | EventWord.THROWN, TimeStampCounter.read());
    }

    @ForceInline
    public static void enterBounded(int method) {
        if (CallDepth.enter(site(method))) {
            enterNano(site(method));
        }
    }

    @ForceInline
    public static void exitBounded(int method) {
        leaveBounded(site(method), EventWord.EXIT, System.nanoTime());
    }

    @ForceInline
    public static void thrownBounded(int method) {
        leaveBounded(site(method), EventWord.THROWN, System.nanoTime());
    }

    @ForceInline
    public static void enterBoundedTsc(int method) {
        if (CallDepth.enter(site(method))) {
            enterCounter(site(method));
        }
    }

    @ForceInline
    public static void exitBoundedTsc(int method) {
        leaveBounded(site(method), EventWord.EXIT, TimeStampCounter.read());
    }

    @ForceInline
    public static void thrownBoundedTsc(int method) {
        leaveBounded(site(method), EventWord.THROWN, TimeStampCounter.read());
    }

    /**
     * An exception has arrived in a handler of the method. Ends calls that no handler of their own
     * could end: a constructor's, when the constructor of its superclass fails.
     */
    public static void caught(int method) {
        try {
            Recorder recorder = Recorder.active();
            if (recorder != null && CallDepth.caught(recorder, site(method))) {
                Marks.caught(recorder, site(method));
            }
        } catch (Throwable dropped) {
            // No stack left: the handler has to run all the same.
        }
    }

    /**
     * What the call that has just been entered was given.
     *
     * @param names of the values, with commas between
     */
    public static void arguments(String names, Object[] values) {
        try {
            Recorder recorder = Recorder.active();
            if (recorder != null && CallDepth.isRecorded(recorder)) {
                Marks.text(recorder, EventWord.MARK_ARGUMENTS, Values.arguments(names, values));
            }
        } catch (Throwable dropped) {
            // As with events: never an exception in the application.
        }
    }

    /** What the call that is about to be left returns. */
    public static void returned(Object value) {
        arguments("return", new Object[] {value});
    }

    /** Whether a recording runs. */
    public static boolean recording() {
        return Recorder.active() != null;
    }

    /**
     * Records something that is not a call.
     *
     * @param type one of {@code EventWord.MARK_SLICE_BEGIN}, {@code MARK_SLICE_END}, {@code
     *     MARK_INSTANT}, {@code MARK_ARGUMENTS}
     * @param text the payload as described there; cut where it is too long for a chunk
     */
    public static void mark(int type, String text) {
        Recorder recorder = Recorder.active();
        if (recorder != null) {
            Marks.text(recorder, type, text);
        }
    }

    /** Records a counter's new value. */
    public static void counter(String name, double value) {
        Recorder recorder = Recorder.active();
        if (recorder != null) {
            Marks.counter(recorder, name, value);
        }
    }

    @ForceInline
    private static int site(int method) {
        return (method & EventWord.ID_MASK) << EventWord.ID_SHIFT;
    }

    @ForceInline
    private static void enterNano(int site) {
        ThreadLog log = ThreadLog.current();
        if (log == null || !log.putNano(site)) {
            slow(log, site, System.nanoTime());
        }
    }

    @ForceInline
    private static void enterCounter(int site) {
        ThreadLog log = ThreadLog.current();
        if (log == null || !log.putTsc(site)) {
            slow(log, site, TimeStampCounter.read());
        }
    }

    @ForceInline
    private static void leave(int site, long ticks) {
        ThreadLog log = ThreadLog.current();
        if (log == null || !log.put(site, ticks)) {
            slow(log, site, ticks);
        }
    }

    @ForceInline
    private static void leaveBounded(int site, int kind, long ticks) {
        if (!CallDepth.leave(site)) {
            return;
        }
        ThreadLog log = ThreadLog.current();
        if (log == null || !log.takeBack(site, ticks) && !log.put(site | kind, ticks)) {
            slow(log, site | kind, ticks);
        }
    }

    /**
     * No log yet, no room, another thread on this carrier, or no recording. Nothing may come out of
     * it: an event that cannot be recorded (no memory, no stack left) is one event less, never an
     * exception in the application.
     */
    @DontInline
    private static void slow(ThreadLog log, int site, long ticks) {
        try {
            Recorder recorder = Recorder.active();
            if (recorder != null && (log == null || !log.muted)) {
                recorder.put(log, site, ticks);
            }
        } catch (Throwable dropped) {
            // See above.
        }
    }

    static Unsafe unsafe() {
        return UNSAFE;
    }
}
