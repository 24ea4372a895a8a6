package io.github.jtracer.core;

import java.util.Map;

/**
 * The tracer's control surface inside its JVM: {@code io.github.jtracer:type=Tracer}.
 *
 * <p>JDK types only, so that callers in other class loaders need no class of the agent's.
 */
public interface TracerMXBean {
    /** The object name under which it is registered. */
    String OBJECT_NAME = "io.github.jtracer:type=Tracer";

    /** {@code installed}, {@code weaving}, {@code recording}, {@code saving} or {@code kept}. */
    String getState();

    /**
     * Everything there is to know, keys as in {@code wire.Messages}: {@code version state startedBy
     * since until file scope options classes methods trivial skipped events calls lost bufferBytes
     * bufferUsed pauseMillis weaveMillis threads clock}; what is not known is absent.
     */
    Map<String, String> getStatus();

    /**
     * Starts a recording and returns its status once the probes are in.
     *
     * @param arguments agent arguments, {@code key=value} separated by commas, {@code %2C} escapes;
     *     {@code file} is where {@link #stop} and the time limit {@code seconds} write it
     * @throws IllegalStateException if a recording runs already; the message says who started it
     * @throws IllegalArgumentException if an argument is unknown or its value not allowed
     */
    Map<String, String> start(String arguments);

    /**
     * Stops the running recording and writes its file; returns once that is there: {@code file
     * bytes calls lost threads millis}.
     *
     * @throws IllegalStateException if nothing is recording
     */
    Map<String, String> stop();

    /** Writes a kept recording to the given file; as {@link #stop}. */
    Map<String, String> save(String file);

    /** Stops, drops what was recorded, removes every probe, thread and registration. */
    void uninstall();
}
