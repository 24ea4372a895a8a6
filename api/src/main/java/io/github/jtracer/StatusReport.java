package io.github.jtracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the agent tells about itself, a map of strings, and says it in records. */
final class StatusReport {
    private static final String SUFFIX = "\\." + TraceFiles.EXTENSION + "$";

    private StatusReport() {}

    static boolean recording(Map<String, String> status) {
        String state = status.getOrDefault("state", "");
        return state.equals("recording") || state.equals("weaving") || state.equals("saving");
    }

    static boolean kept(Map<String, String> status) {
        return "kept".equals(status.get("state"));
    }

    /** Whether a command from outside started it: its file, and its stop, are over there. */
    static boolean fromOutside(Map<String, String> status) {
        return status.getOrDefault("startedBy", "").startsWith("cli");
    }

    /** {@code started by endpoint at 2026-11-23T07:03:10Z}. */
    static String whose(Map<String, String> status) {
        return "started by "
                + status.getOrDefault("startedBy", "somebody")
                + (status.containsKey("since") ? " at " + status.get("since") : "");
    }

    static String until(RecordingInfo started) {
        return started.until() == null ? "" : ", until " + started.until() + " at the latest";
    }

    static RecordingInfo started(Map<String, String> status, RecordingRequest request, Path file) {
        return new RecordingInfo(
                file.getFileName().toString().replaceFirst(SUFFIX, ""),
                status.getOrDefault("startedBy", request.startedBy()),
                status.getOrDefault("options", ""),
                file.toString(),
                status.getOrDefault("since", ""),
                text(status, "until"),
                number(status, "classes"),
                number(status, "methods"));
    }

    static SavedTrace saved(Map<String, String> saved) {
        Path file = Path.of(saved.getOrDefault("file", ""));
        Long bytes = number(saved, "bytes");
        return new SavedTrace(
                String.valueOf(file.getFileName()),
                file.toString(),
                bytes == null ? size(file) : bytes,
                number(saved, "calls"),
                number(saved, "lost"),
                number(saved, "threads"));
    }

    static TracerStatus of(
            Map<String, String> agent,
            Map<String, String> lastStart,
            @Nullable String unavailable,
            boolean loaded,
            boolean uninstalled,
            String signal,
            TraceFiles files) {
        String state = agent.getOrDefault("state", uninstalled ? "uninstalled" : "installed");
        return new TracerStatus(
                unavailable == null ? state : "unavailable",
                unavailable,
                loaded,
                signal,
                files.directory().toString(),
                recording(agent) || kept(agent) ? recordingOf(agent) : null,
                weavingOf(agent.containsKey("classes") ? agent : lastStart),
                agent.containsKey("bufferBytes") ? bufferOf(agent) : null,
                describe(files.list()),
                agent);
    }

    private static TracerStatus.Recording recordingOf(Map<String, String> agent) {
        return new TracerStatus.Recording(
                text(agent, "startedBy"),
                text(agent, "since"),
                text(agent, "until"),
                text(agent, "file"),
                text(agent, "options"),
                number(agent, "events"),
                number(agent, "lost"));
    }

    private static TracerStatus.@Nullable Weaving weavingOf(Map<String, String> agent) {
        if (!agent.containsKey("classes")) {
            return null;
        }
        return new TracerStatus.Weaving(
                number(agent, "classes"),
                number(agent, "methods"),
                decimal(agent, "weaveMillis"),
                decimal(agent, "pauseMillis"));
    }

    private static TracerStatus.Buffer bufferOf(Map<String, String> agent) {
        return new TracerStatus.Buffer(number(agent, "bufferBytes"), number(agent, "bufferUsed"));
    }

    private static List<TraceFile> describe(List<Path> files) {
        List<TraceFile> described = new ArrayList<>();
        for (Path file : files) {
            try {
                described.add(
                        new TraceFile(
                                file.getFileName().toString(),
                                Files.size(file),
                                Files.getLastModifiedTime(file).toInstant().toString()));
            } catch (IOException e) {
                // deleted since it was listed
            }
        }
        return described;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static @Nullable String text(Map<String, String> map, String key) {
        String value = map.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable Long number(Map<String, String> map, String key) {
        Double value = decimal(map, key);
        return value == null ? null : (Long) value.longValue();
    }

    private static @Nullable Double decimal(Map<String, String> map, String key) {
        String value = map.get(key);
        try {
            return value == null ? null : Double.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
