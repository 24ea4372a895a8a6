package io.github.jtracer;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tracer of this JVM, for programs without Spring, and marks for every program.
 *
 * <p>{@link #install()} makes the process traceable by a signal; {@link #start} and {@link #stop}
 * record from code. The agent is loaded on the first start, not before. {@link #slice}, {@link
 * #instant} and {@link #counter} put something of the application's own on the timeline; while
 * nothing records they do nothing.
 */
public final class JTracer {
    private static @Nullable Tracer installed;

    /**
     * Those that were installed before, the latest first: when one is closed, as its application
     * context is, the one before is the JVM's again. Not kept alive by this.
     */
    private static final Deque<WeakReference<Tracer>> EARLIER = new ArrayDeque<>();

    private JTracer() {}

    /** Installs with {@link TracerSettings#defaults()}: SIGUSR1 starts, a second one saves. */
    public static Tracer install() {
        return install(TracerSettings.defaults());
    }

    /**
     * Installs the signal handler and makes these settings those of all recordings from here on,
     * until the tracer is closed or another one installed. Never throws: what does not work is
     * logged, once, and told by {@link #status}.
     */
    public static synchronized Tracer install(TracerSettings settings) {
        if (installed != null) {
            installed.suspend();
            EARLIER.removeIf(earlier -> earlier.get() == null);
            EARLIER.push(new WeakReference<>(installed));
        }
        installed = new Tracer(settings, JTracer::forget);
        return installed;
    }

    /** Starts a recording of the application's own code that lasts until {@link #stop}. */
    public static RecordingInfo start() {
        return start(RecordingRequest.of("api"));
    }

    /**
     * Starts a recording; returns once the probes are in.
     *
     * @throws IllegalArgumentException if a value is not allowed; the message names it and what is
     * @throws TracerStateException if a recording runs already; the message says whose
     * @throws TracerUnavailableException if the agent cannot be loaded; the message says why
     */
    public static RecordingInfo start(RecordingRequest request) {
        return tracer().start(request);
    }

    /**
     * Stops the running recording and returns the file that it was saved to.
     *
     * @throws TracerStateException if nothing is recording
     */
    public static SavedTrace stop() {
        return tracer().stop();
    }

    /** What the tracer is doing. */
    public static TracerStatus status() {
        return tracer().status();
    }

    /**
     * Gives the signal back and removes the agent; a recording that runs is saved first.
     *
     * @throws TracerStateException if a recording runs that somebody outside has started
     */
    public static void uninstall() {
        tracer().uninstall(false);
    }

    /**
     * Begins a slice on the current thread; closing it, on the same thread, ends it.
     *
     * <pre>{@code
     * try (Slice slice = JTracer.slice("import")) {
     *     slice.put("rows", rows);
     * }
     * }</pre>
     */
    public static Slice slice(String name) {
        return Marks.recording() ? RecordedSlice.begin(name) : NoSlice.INSTANCE;
    }

    /**
     * Begins a slice that may be closed on any thread. It is shown in a lane of its own, not among
     * the calls of a thread.
     */
    public static Slice asyncSlice(String name) {
        return asyncSlice(name, null);
    }

    /**
     * Begins a slice that may be closed on any thread.
     *
     * @param around the asynchronous slice that this one is a part of; it is shown inside of that
     *     one if it ends before; null if there is none
     */
    public static Slice asyncSlice(String name, @Nullable Slice around) {
        return Marks.recording() ? AsyncSlice.begin(name, around) : NoSlice.INSTANCE;
    }

    /**
     * As {@link #asyncSlice(String, Slice)}, for what is found to be asynchronous only when it is
     * over.
     *
     * @param beganNanos what {@link System#nanoTime()} was when it began
     */
    public static Slice asyncSlice(String name, @Nullable Slice around, long beganNanos) {
        return Marks.recording() ? AsyncSlice.begun(name, around, beganNanos) : NoSlice.INSTANCE;
    }

    /** Marks a moment on the current thread. */
    public static void instant(String name) {
        if (Marks.recording()) {
            Marks.instant(new MarkText(name));
        }
    }

    /** Marks a moment on the current thread, with one argument. */
    public static void instant(String name, String key, Object value) {
        if (Marks.recording()) {
            Marks.instant(new MarkText(name).put(key, value));
        }
    }

    /** Marks a moment on the current thread, with arguments. */
    public static void instant(String name, Map<String, ?> arguments) {
        if (Marks.recording()) {
            MarkText text = new MarkText(name);
            arguments.forEach(text::put);
            Marks.instant(text);
        }
    }

    /** Records the new value of a counter. */
    public static void counter(String name, double value) {
        if (Marks.recording()) {
            Marks.counter(name, value);
        }
    }

    /**
     * Whether a recording runs, so that what a mark would say need not be worked out for nothing.
     */
    public static boolean recording() {
        return Marks.recording();
    }

    private static synchronized Tracer tracer() {
        if (installed == null) {
            installed =
                    new Tracer(TracerSettings.builder().signal("none").build(), JTracer::forget);
        }
        return installed;
    }

    private static synchronized void forget(Tracer closed) {
        EARLIER.removeIf(earlier -> earlier.get() == null || earlier.get() == closed);
        if (installed != closed) {
            return;
        }
        WeakReference<Tracer> earlier = EARLIER.poll();
        installed = earlier == null ? null : earlier.get();
        if (installed != null) {
            installed.resume();
        }
    }
}
