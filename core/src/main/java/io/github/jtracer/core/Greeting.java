package io.github.jtracer.core;

import io.github.jtracer.core.weave.WeavingReport;
import io.github.jtracer.trace.wire.Message;
import io.github.jtracer.trace.wire.Messages;
import java.util.LinkedHashMap;
import java.util.Map;

/** The agent's longer messages. */
final class Greeting {
    private Greeting() {}

    static Message hello(Core core, Tracer tracer) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", Version.NUMBER);
        fields.put("pid", String.valueOf(ThisJvm.pid()));
        fields.put("main", ThisJvm.main());
        fields.put("jvm", ThisJvm.description());
        fields.put("javaVersion", System.getProperty("java.version", ""));
        if (core.permanent()) {
            fields.put("settings", tracer.defaults().describe());
        }
        LiveRecording current = tracer.current().orElse(null);
        KeptRecording kept = tracer.kept().orElse(null);
        if (current != null) {
            fields.put("state", "recording");
            fields.put("startedBy", current.settings().startedBy());
            fields.put("since", current.begun().toString());
        } else if (kept != null) {
            fields.put("state", "kept");
            fields.put("startedBy", kept.startedBy());
            fields.put("since", kept.begun().toString());
        } else {
            fields.put("state", core.permanent() ? "installed" : "fresh");
        }
        return new Message(Messages.HELLO, fields);
    }

    static Message woven(LiveRecording recording) {
        WeavingReport report = recording.report();
        return Message.of(
                Messages.WOVEN,
                "scope",
                recording.scope(),
                "classes",
                String.valueOf(report.classes()),
                "methods",
                String.valueOf(report.methods()),
                "trivial",
                String.valueOf(report.trivial()),
                "skipped",
                String.valueOf(report.skipped()),
                "postponed",
                String.valueOf(report.postponed()),
                "millis",
                String.valueOf(recording.weaveMillis()),
                "pauseMillis",
                String.valueOf(report.longestPauseMillis()),
                "pauses",
                String.valueOf(report.pauses()),
                "clock",
                recording.clock().name().toLowerCase(java.util.Locale.ROOT),
                "details",
                String.join("\n", report.details()));
    }
}
