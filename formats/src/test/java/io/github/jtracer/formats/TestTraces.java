package io.github.jtracer.formats;

import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.RandomProgram;
import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.SyntheticRecording;
import io.github.jtracer.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Path;

/** Traces for tests, with everything that can be in one. */
final class TestTraces {
    /** Platform and virtual threads, exceptions, open calls, marks, a stack at the start. */
    static SyntheticRecording eventful(long seed) {
        SyntheticRecording recording = new SyntheticRecording(256, 1 << 20, 1_000);
        RandomProgram program = new RandomProgram(recording, seed, 3, 12, 2);
        recording.platformThread(1, "main");
        recording.stack(1, new StackTraceElement("com.acme.Shop", "main", null, 12));
        int add = recording.method("com.acme.Order", "add", "(I)V");
        recording.method("com.acme.Order", "add", "(J)V");
        int odd = recording.method("com.acme.Order", "</script>\"\\<init> \uD83D\uDCA9", "()V");
        program.run(1_500, false);
        recording.ticks += 100;
        recording.mark(1, 1, EventWord.MARK_ASYNC_BEGIN, "http\0" + "1 0\0");
        recording.mark(1, 1, EventWord.MARK_ASYNC_BEGIN, "http\0" + "2 0\0");
        recording.mark(1, 1, EventWord.MARK_ASYNC_BEGIN, "client\0" + "3 2\0");
        recording.mark(1, 1, EventWord.MARK_SLICE_BEGIN, "checkout\0cart\0" + "42");
        recording.enter(1, 1, add);
        recording.mark(1, 1, EventWord.MARK_ARGUMENTS, "\0n\0" + "</script>");
        recording.ticks += 100;
        recording.enter(1, 1, odd);
        recording.ticks += 50;
        recording.thrown(1, 1, odd);
        recording.mark(1, 1, EventWord.MARK_INSTANT, "paid\0by\0card");
        recording.counter(1, 1, "queue", 2.5);
        recording.exit(1, 1, add);
        recording.ticks += 10;
        recording.mark(1, 1, EventWord.MARK_SLICE_END, "");
        for (int i = 0; i < 3; i++) {
            recording.mark(1, 1, EventWord.MARK_SLICE_BEGIN, "http get\0method\0GET");
            recording.ticks += 20;
        }
        recording.mark(1, 1, EventWord.MARK_SLICE_END, "http get /products/{sku}");
        recording.mark(1, 1, EventWord.MARK_SLICE_END, "");
        recording.mark(1, 1, EventWord.MARK_ASYNC_END, "client get\0" + "3 2\0" + "9\0k\0v");
        recording.ticks += 20;
        recording.mark(1, 1, EventWord.MARK_ASYNC_END, "http get /async\0" + "1 0\0" + "9");
        recording.mark(1, 1, EventWord.MARK_SLICE_END, "http get /orders\0status\0" + "200");
        recording.ticks += 1_000;
        program.run(500, false);
        return recording;
    }

    /** A small buffer, so that much is overwritten. */
    static SyntheticRecording overwritten(long seed) {
        SyntheticRecording recording = new SyntheticRecording(256, 20, 1_000);
        new RandomProgram(recording, seed, 3, 10, 3).run(6_000, true);
        return recording;
    }

    /** Writes it in the format that the name says. */
    static Path write(SyntheticRecording recording, Path directory, String name)
            throws IOException {
        Path file = directory.resolve(name);
        try (Recording opened = Recording.open(recording.file(directory))) {
            TraceFile.write(opened, file);
        }
        return file;
    }

    private TestTraces() {}
}
