package io.github.jtracer.trace;

import java.io.IOException;
import java.util.Map;

/**
 * A sink that is also told when a slice begins, for formats that write begin and end apart.
 *
 * <p>Within a thread begins and ends come in the order of time; between threads there is none. A
 * slice whose begin is unknown ({@link SliceFlags#BEGIN_UNKNOWN}) comes without its begin.
 */
public interface BeginSink extends TraceSink {
    /** A call begins. */
    void begin(int thread, int method, long time) throws IOException;

    /** A slice of the application's own begins; the name is the one that it will end with. */
    void beginOwn(int thread, String name, long time, Map<String, String> arguments)
            throws IOException;
}
