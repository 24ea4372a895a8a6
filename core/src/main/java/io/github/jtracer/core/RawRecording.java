package io.github.jtracer.core;

import io.github.jtracer.core.weave.Weaver;
import io.github.jtracer.core.weave.WeavingReport;
import io.github.jtracer.probe.Chunk;
import io.github.jtracer.probe.EndedLogs;
import io.github.jtracer.probe.Recorder;
import io.github.jtracer.probe.ThreadLog;
import io.github.jtracer.trace.RecordingFormat;
import io.github.jtracer.trace.RecordingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns a stopped recording's buffer into the stream that {@link RecordingFormat} describes. */
final class RawRecording {
    private final LiveRecording recording;
    private final Recorder recorder;
    private final Weaver weaver;
    private final InitialStacks stacks;

    RawRecording(LiveRecording recording, Recorder recorder, Weaver weaver, InitialStacks stacks) {
        this.recording = recording;
        this.recorder = recorder;
        this.weaver = weaver;
        this.stacks = stacks;
    }

    /** Leaves the stream open. */
    void writeTo(OutputStream stream) throws IOException {
        RecordingOutput out = new RecordingOutput(stream);
        out.header(header(recording));
        out.methods(weaver.methods());
        Set<Thread> threads = new LinkedHashSet<>(stacks.frames().keySet());
        recorder.logs().forEach(log -> threads.add(log.carrier()));
        for (Thread thread : threads) {
            int flags =
                    (thread.isDaemon() ? RecordingFormat.THREAD_DAEMON : 0)
                            | (thread.isAlive() ? 0 : RecordingFormat.THREAD_ENDED);
            out.thread(Threads.id(thread), flags, thread.getName());
        }
        for (Map.Entry<Thread, List<StackTraceElement>> stack : stacks.frames().entrySet()) {
            out.stack(Threads.id(stack.getKey()), stack.getValue());
        }
        lost(out);
        List<Chunk> chunks = recorder.chunks();
        byte[] words = new byte[0];
        for (Chunk chunk : chunks) {
            int bytes = chunk.words() * Long.BYTES;
            words = words.length < bytes ? new byte[bytes] : words;
            chunk.copyTo(words);
            out.chunk(
                    chunk.carrierId(),
                    chunk.sequence(),
                    chunk.firstThreadId(),
                    chunk.base(),
                    ByteBuffer.wrap(words, 0, bytes));
        }
        out.end(Map.of(RecordingFormat.END_CHUNKS, String.valueOf(chunks.size())));
    }

    private void lost(RecordingOutput out) throws IOException {
        for (ThreadLog log : recorder.logs()) {
            out.lost(
                    Threads.id(log.carrier()),
                    log.overwrittenEntries(),
                    log.overwrittenExits(),
                    log.unrecordedEntries(),
                    log.unrecordedExits());
        }
        EndedLogs ended = recorder.ended();
        if (ended.threads() > 0) {
            out.lost(
                    0,
                    ended.overwrittenEntries(),
                    ended.overwrittenExits(),
                    ended.unrecordedEntries(),
                    ended.unrecordedExits());
        }
    }

    static Map<String, String> header(LiveRecording recording) {
        Settings settings = recording.settings();
        WeavingReport report = recording.report();
        Map<String, String> header = new LinkedHashMap<>();
        header.put(RecordingFormat.HEADER_VERSION, Version.NUMBER);
        header.put(RecordingFormat.HEADER_BYTE_ORDER, ByteOrder.nativeOrder().toString());
        header.put(RecordingFormat.HEADER_CLOCK, recording.clock().name().toLowerCase(Locale.ROOT));
        Moment start = recording.startMoment();
        Moment stop = recording.stopMoment();
        header.put(RecordingFormat.HEADER_START_TICKS, String.valueOf(start.ticks()));
        header.put(RecordingFormat.HEADER_START_NANOS, String.valueOf(start.nanos()));
        header.put(RecordingFormat.HEADER_START_EPOCH_NANOS, String.valueOf(start.epochNanos()));
        header.put(RecordingFormat.HEADER_STOP_TICKS, String.valueOf(stop.ticks()));
        header.put(RecordingFormat.HEADER_STOP_NANOS, String.valueOf(stop.nanos()));
        header.put(RecordingFormat.HEADER_STOP_EPOCH_NANOS, String.valueOf(stop.epochNanos()));
        header.put(RecordingFormat.HEADER_PID, String.valueOf(ThisJvm.pid()));
        header.put(RecordingFormat.HEADER_MAIN, ThisJvm.main());
        header.put(RecordingFormat.HEADER_JVM, ThisJvm.description());
        header.put(RecordingFormat.HEADER_OPTIONS, settings.describe());
        header.put(
                RecordingFormat.HEADER_MIN_DURATION_NANOS,
                String.valueOf(settings.minDurationNanos()));
        header.put(RecordingFormat.HEADER_STARTED_BY, settings.startedBy());
        header.put(RecordingFormat.HEADER_STOPPED_BY, recording.stoppedBy());
        header.put(RecordingFormat.HEADER_BUFFER_FULL, settings.overwrite() ? "overwrite" : "stop");
        header.put(RecordingFormat.HEADER_WOVEN_CLASSES, String.valueOf(report.classes()));
        header.put(RecordingFormat.HEADER_WOVEN_METHODS, String.valueOf(report.methods()));
        header.put(RecordingFormat.HEADER_TRIVIAL_METHODS, String.valueOf(report.trivial()));
        header.put(RecordingFormat.HEADER_SKIPPED_METHODS, String.valueOf(report.skipped()));
        header.put(RecordingFormat.HEADER_LATE_CLASSES, String.valueOf(report.late()));
        header.put(RecordingFormat.HEADER_FIRST_LATE, String.join(" ", report.firstLate()));
        return header;
    }
}
