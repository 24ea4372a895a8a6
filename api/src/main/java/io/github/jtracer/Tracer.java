package io.github.jtracer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tracer that was installed: starts and stops recordings with its settings, keeps their files in
 * order, and listens to its signal.
 *
 * <p>There may be several in a JVM (one for each application context), but one agent, one buffer
 * and one recording at a time.
 */
public final class Tracer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JTracer.class.getName());

    /** Where the agent finds the settings if somebody else is the first to load it. */
    private static final String SETTINGS_PROPERTY = "io.github.jtracer.settings";

    private final TracerSettings settings;
    private final Consumer<Tracer> onClose;
    private final AgentBean agent = new AgentBean();
    private final TraceFiles files;
    private final ArgumentsOf arguments;
    private Optional<ToggleSignal> signal = Optional.empty();
    private volatile @Nullable String unavailable;
    private volatile boolean uninstalled;
    private volatile Map<String, String> lastStart = Map.of();

    /** Whether the signal cannot be had, which has been said. */
    private boolean signalRefused;

    /** Whether the last recording was stopped here. */
    private boolean stopped;

    private static final int LOOK_MILLIS = 250;

    Tracer(TracerSettings settings, Consumer<Tracer> onClose) {
        this.settings = settings;
        this.onClose = onClose;
        this.files =
                new TraceFiles(
                        settings.directory(), settings.keepFiles(), Clock.systemDefaultZone());
        this.arguments = new ArgumentsOf(settings);
        resume();
        Obstacle.toAttaching().filter(obstacle -> !agent.present()).ifPresent(this::unavailable);
    }

    /** As {@link JTracer#start(RecordingRequest)}. */
    public synchronized RecordingInfo start(RecordingRequest request) {
        arguments.check(request);
        String name = request.file();
        Path file = name == null ? files.next(request.format()) : files.named(name);
        load();
        refuseWhileRecording();
        try {
            files.prepare();
        } catch (IllegalStateException e) {
            throw new TracerUnavailableException(
                    e.getMessage() + "; name another one with jtracer.directory");
        }
        Map<String, String> status;
        try {
            status = agent.start(arguments.of(request, file));
        } catch (TracerStateException | IllegalArgumentException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new TracerStateException(String.valueOf(e.getMessage()));
        }
        files.begun(file);
        files.prune(1);
        Marks.link();
        lastStart = status;
        stopped = false;
        return StatusReport.started(status, request, file);
    }

    /** As {@link JTracer#stop}. A recording that could not be saved before is saved now. */
    public synchronized SavedTrace stop() {
        if (!agent.present()) {
            throw new TracerStateException("nothing is recording; start a recording first");
        }
        Map<String, String> status = agent.status();
        refuseOthers(status, "stop");
        Map<String, String> saved;
        try {
            saved = StatusReport.kept(status) ? agent.save(keptFile()) : agent.stop();
        } catch (TracerStateException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new TracerStateException(String.valueOf(e.getMessage()));
        }
        if (saved.containsKey("error")) {
            throw new TraceNotSavedException(saved.get("error"));
        }
        stopped = true;
        files.prune(0);
        return StatusReport.saved(saved);
    }

    /** What the tracer is doing. */
    public TracerStatus status() {
        boolean loaded = agent.present();
        return StatusReport.of(
                loaded ? agent.status() : Map.of(),
                lastStart,
                loaded ? null : unavailable,
                loaded,
                uninstalled,
                signal.map(ToggleSignal::name).orElse("none"),
                files);
    }

    /**
     * Gives the signal back and removes the agent. A recording of this application's is saved
     * first; one that was started from outside is only ended if {@code force} says so, and saved by
     * who started it. A later start loads the agent again.
     *
     * @return the trace that was saved before; empty if nothing was recording
     * @throws TracerStateException if a recording from outside runs, and not {@code force}
     */
    public synchronized Optional<SavedTrace> uninstall(boolean force) {
        Optional<SavedTrace> saved = Optional.empty();
        if (agent.present()) {
            Map<String, String> status = agent.status();
            if (!force) {
                refuseOthers(status, "uninstall");
            }
            if (StatusReport.recording(status) && !StatusReport.fromOutside(status)) {
                saved = Optional.of(stop());
            }
            agent.uninstall();
        }
        uninstalled = true;
        releaseSignal();
        return saved;
    }

    /** A finished trace by its name; empty if there is none. */
    public Optional<Path> file(String name) {
        return files.find(name);
    }

    /** Finished traces, newest first. */
    public List<Path> files() {
        return files.list();
    }

    /** The settings that it was installed with. */
    public TracerSettings settings() {
        return settings;
    }

    /**
     * Gives the signal back. A recording that runs goes on; the agent, if one was loaded, stays for
     * the next to use.
     */
    @Override
    public synchronized void close() {
        suspend();
        onClose.accept(this);
    }

    /** Another one is the JVM's from here on; this one can still be told what to do. */
    synchronized void suspend() {
        releaseSignal();
        System.getProperties().remove(SETTINGS_PROPERTY, arguments.ofSettings());
    }

    /** Is the JVM's tracer (again): has the signal, and gives the agent its settings. */
    synchronized void resume() {
        System.setProperty(SETTINGS_PROPERTY, arguments.ofSettings());
        takeSignal();
    }

    private void load() {
        if (agent.present()) {
            return;
        }
        try {
            System.setProperty(SETTINGS_PROPERTY, arguments.ofSettings());
            AgentLoader.load("install,soon");
            if (!agent.present()) {
                throw new TracerUnavailableException(
                        "the agent was loaded but could not install itself: "
                                + System.getProperty("io.github.jtracer.failure", "unknown why"));
            }
        } catch (TracerUnavailableException e) {
            unavailable(String.valueOf(e.getMessage()));
            throw e;
        }
        unavailable = null;
        uninstalled = false;
        if (signal.isEmpty() && !signalRefused) {
            takeSignal();
        }
        Marks.link();
    }

    private void refuseWhileRecording() {
        Map<String, String> status = agent.status();
        if (StatusReport.recording(status)) {
            throw new TracerStateException(
                    "a recording runs already, " + StatusReport.whose(status) + "; stop it first");
        }
    }

    private static void refuseOthers(Map<String, String> status, String what) {
        if (StatusReport.recording(status) && StatusReport.fromOutside(status)) {
            throw new TracerStateException(
                    "a recording runs, "
                            + StatusReport.whose(status)
                            + "; "
                            + what
                            + " it there, where its file goes");
        }
    }

    private String keptFile() {
        files.prepare();
        return files.next(null).toString();
    }

    private void takeSignal() {
        try {
            signal = ToggleSignal.take(settings.signal(), this::toggle);
        } catch (IllegalArgumentException e) {
            signalRefused = true;
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        } catch (LinkageError e) {
            signalRefused = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this Java runtime has no signals (module jdk.unsupported); set the signal to"
                            + " none");
        }
    }

    private void releaseSignal() {
        signal.ifPresent(ToggleSignal::close);
        signal = Optional.empty();
    }

    /** Runs on a thread of the JVM's own, which nothing may come out of. */
    private synchronized void toggle() {
        try {
            if (agent.present() && StatusReport.recording(agent.status())) {
                SavedTrace saved = stop();
                LOG.log(System.Logger.Level.INFO, "Stopped tracing, saved " + saved.file());
            } else {
                RecordingInfo started = start(RecordingRequest.of("signal"));
                LOG.log(
                        System.Logger.Level.INFO,
                        "Started tracing into " + started.file() + StatusReport.until(started));
                if (started.until() != null) {
                    logItsEnd(started);
                }
            }
        } catch (TracerUnavailableException e) {
            // said already
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "Signal to the tracer: " + e.getMessage());
        }
    }

    /** A recording that ends at its limit ends in the agent: nobody else says that it is saved. */
    private void logItsEnd(RecordingInfo started) {
        Map<String, String> start = lastStart;
        Thread thread =
                new Thread(
                        () -> {
                            if (endsByItself(start)) {
                                Path file = Path.of(started.file());
                                boolean saved = Files.isRegularFile(file);
                                LOG.log(
                                        saved
                                                ? System.Logger.Level.INFO
                                                : System.Logger.Level.WARNING,
                                        "Tracing reached its time limit, "
                                                + (saved ? "saved " : "but did not save ")
                                                + file);
                            }
                        },
                        "jtracer-limit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end of the recording; whether nobody has asked for it. */
    private boolean endsByItself(Map<String, String> start) {
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } while (agent.present() && StatusReport.recording(agent.status()));
        } catch (InterruptedException e) {
            return false;
        } catch (RuntimeException e) {
            // The agent has been removed meanwhile.
        }
        synchronized (this) {
            return lastStart == start && !stopped;
        }
    }

    private void unavailable(String reason) {
        if (!reason.equals(unavailable)) {
            unavailable = reason;
            LOG.log(System.Logger.Level.WARNING, "Tracing is unavailable: " + reason);
        }
    }
}
