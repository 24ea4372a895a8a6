package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.core.weave.Weaver;
import io.github.jtracer.probe.Recorder;
import io.github.jtracer.trace.RecordingOutput;
import io.github.jtracer.trace.RecoveryFormat;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;

/**
 * Keeps a recording's {@link RecoveryFolder} up to date.
 *
 * <p>It stands behind the weaver as a transformer that transforms nothing: what the weaver has just
 * woven is written down before the class can run. So no event in the buffer is without its method.
 */
final class Recovery implements ClassFileTransformer {
    private final RecoveryFolder folder;
    private final Instrumentation instrumentation;
    private final Recorder recorder;
    private final Weaver weaver;

    /** How many methods have been written down. */
    private volatile int written;

    Recovery(
            RecoveryFolder folder,
            Instrumentation instrumentation,
            Recorder recorder,
            Weaver weaver) {
        this.folder = folder;
        this.instrumentation = instrumentation;
        this.recorder = recorder;
        this.weaver = weaver;
    }

    /**
     * Behind the weaving, before the recorder starts.
     *
     * @param before the clocks some time before the start
     */
    void begin(LiveRecording recording, Moment before) {
        Map<String, String> header = RawRecording.header(recording);
        header.put(RecoveryFormat.HEADER_CHUNK_BYTES, String.valueOf(recorder.chunkBytes()));
        header.put(RecoveryFormat.HEADER_BEFORE_TICKS, String.valueOf(before.ticks()));
        header.put(RecoveryFormat.HEADER_BEFORE_NANOS, String.valueOf(before.nanos()));
        try {
            rehearse();
            folder.begin(header);
        } catch (IOException e) {
            Failures.last(e);
        }
        instrumentation.addTransformer(this, true);
        writeMethods();
        update(recording.startMoment());
    }

    /** Whatever the transformer needs is loaded now, and not while a class is. */
    private static void rehearse() throws IOException {
        TracedMethod method = new TracedMethod(1, "a.B", "c", "()V", "", -1);
        new RecordingOutput(OutputStream.nullOutputStream())
                .methods(List.of(method, method).subList(1, 2));
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (weaver.methodCount() != written) {
            writeMethods();
        }
        return null;
    }

    private synchronized void writeMethods() {
        List<TracedMethod> methods = weaver.methods();
        try {
            folder.methods(methods);
            written = methods.size();
        } catch (IOException e) {
            Failures.last(e);
        }
    }

    /** What does not have to be exact: the clocks, the threads' names. */
    void update(Moment moment) {
        folder.reading(moment);
        try {
            folder.threads(recorder.logs());
        } catch (IOException e) {
            Failures.last(e);
        }
    }

    void stop() {
        instrumentation.removeTransformer(this);
    }

    /** The recording could not be saved elsewhere: what is here is all there is. */
    void stay() {
        folder.stay();
    }

    /**
     * @param unused whether no thread can be writing to the memory any more
     */
    void close(boolean unused) {
        stop();
        folder.close(unused);
    }
}
