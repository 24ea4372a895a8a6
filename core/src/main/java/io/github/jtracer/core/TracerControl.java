package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.trace.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The tracer behind its MXBean; recordings started here are written to files by this JVM. */
final class TracerControl implements TracerMXBean, RecordingOwner {
    private static final long EXIT_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long SAVE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Core core;
    private final Tracer tracer;
    private volatile Map<String, String> last = Map.of();

    TracerControl(Core core, Tracer tracer) {
        this.core = core;
        this.tracer = tracer;
    }

    @Override
    public String getState() {
        return Status.state(tracer);
    }

    @Override
    public Map<String, String> getStatus() {
        return Status.of(tracer);
    }

    @Override
    public Map<String, String> start(String arguments) {
        Settings settings = tracer.defaults().with(Arguments.parse(arguments));
        return plainly(
                () -> {
                    tracer.start(settings, true, this);
                    return Status.of(tracer);
                });
    }

    /** For {@code -javaagent}: what is to be traced is not loaded yet. */
    void startNow(Arguments arguments) {
        tracer.start(tracer.defaults().with(arguments), false, this);
    }

    @Override
    public Map<String, String> stop() {
        return plainly(
                () -> {
                    last = Map.of();
                    tracer.stop("command", SAVE_MILLIS);
                    return last;
                });
    }

    @Override
    public Map<String, String> save(String file) {
        return plainly(
                () -> {
                    KeptRecording kept =
                            tracer.kept()
                                    .orElseThrow(
                                            () ->
                                                    new ProblemException(
                                                            ProblemException.NOTHING,
                                                            "There is no recording to save.",
                                                            "Start one first."));
                    Totals totals = FileOutput.write(kept, Path.of(file));
                    tracer.forgetKept();
                    return FileOutput.describe(Path.of(file), totals);
                });
    }

    @Override
    public void uninstall() {
        core.uninstall();
    }

    /** The file is written here, by this JVM: that takes as long as it takes, within reason. */
    @Override
    public long exitMillis() {
        return EXIT_MILLIS;
    }

    @Override
    public void stopped(LiveRecording recording) {
        String file = recording.settings().file();
        Map<String, String> result = new LinkedHashMap<>();
        result.put("millis", String.valueOf(recording.millis()));
        result.put("reason", recording.stoppedBy());
        try {
            if (file.isEmpty()) {
                tracer.keep(recording);
                result.put("kept", tracer.kept().orElseThrow().file().toString());
            } else {
                Totals totals = FileOutput.write(recording, Path.of(file));
                result.putAll(FileOutput.describe(Path.of(file), totals));
            }
        } catch (IOException | RuntimeException e) {
            recording.keepRecoverable();
            result.put("error", String.valueOf(e.getMessage()));
            Failures.last("the recording could not be written to " + file + ": " + e.getMessage());
        }
        last = result;
    }

    /** Exceptions of the JDK's own only: the caller may be in another class loader. */
    private static Map<String, String> plainly(Action action) {
        try {
            return action.run();
        } catch (ProblemException e) {
            String message = e.getMessage() + " " + e.todo();
            throw e.code().equals(ProblemException.USAGE)
                    ? new IllegalArgumentException(message)
                    : new IllegalStateException(message);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private interface Action {
        Map<String, String> run() throws IOException, InterruptedException;
    }
}
