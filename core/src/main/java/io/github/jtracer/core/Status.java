package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.core.weave.WeavingReport;
import io.github.jtracer.probe.Recorder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Everything that there is to know of a tracer, as keys and values. */
final class Status {
    private Status() {}

    static Map<String, String> of(Tracer tracer) {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("version", Version.NUMBER);
        status.put("state", state(tracer));
        tracer.kept()
                .ifPresent(
                        kept -> {
                            status.put("startedBy", kept.startedBy());
                            status.put("since", kept.begun().toString());
                            status.put("file", kept.file().toString());
                        });
        if (!Failures.last().isEmpty()) {
            status.put("failure", Failures.last());
        }
        tracer.current().ifPresent(recording -> add(status, recording));
        return status;
    }

    /** As {@link TracerMXBean#getState} has it. */
    static String state(Tracer tracer) {
        return switch (tracer.state()) {
            case INSTALLED -> tracer.kept().isPresent() ? "kept" : "installed";
            case WEAVING -> "weaving";
            case RECORDING -> "recording";
            case STOPPING -> "saving";
        };
    }

    private static void add(Map<String, String> status, LiveRecording recording) {
        Settings settings = recording.settings();
        WeavingReport report = recording.report();
        Recorder.Progress progress = recording.progress();
        status.put("startedBy", settings.startedBy());
        status.put("since", recording.begun().toString());
        if (settings.nanos() > 0) {
            Instant until =
                    Instant.ofEpochSecond(
                            0, recording.startMoment().epochNanos() + settings.nanos());
            status.put("until", until.toString());
        }
        status.put("file", settings.file());
        status.put("scope", recording.scope());
        status.put("options", settings.describe());
        status.put("classes", String.valueOf(report.classes()));
        status.put("methods", String.valueOf(report.methods()));
        status.put("trivial", String.valueOf(report.trivial()));
        status.put("skipped", String.valueOf(report.skipped()));
        status.put("events", String.valueOf(progress.words()));
        status.put("calls", String.valueOf(progress.words() / 2));
        status.put("threads", String.valueOf(progress.threads()));
        status.put("lost", String.valueOf(progress.lostCalls()));
        status.put("bufferBytes", String.valueOf(recording.bufferBytes()));
        status.put("bufferUsed", String.valueOf(recording.usedBytes()));
        status.put("pauseMillis", String.valueOf(report.longestPauseMillis()));
        status.put("weaveMillis", String.valueOf(recording.weaveMillis()));
        status.put("clock", recording.clock().name().toLowerCase(Locale.ROOT));
    }
}
