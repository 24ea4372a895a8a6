package io.github.jtracer.spring;

import io.github.jtracer.trace.TraceFormat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A recording in another format, made while it is read: nothing of it is kept, in memory or on
 * disk. Whoever closes it early ends the making of it.
 */
final class ConvertedTrace extends FilterInputStream {
    private volatile @Nullable IOException failure;

    private ConvertedTrace(InputStream in) {
        super(in);
    }

    static ConvertedTrace open(Path recording, TraceFormat format) throws IOException {
        Pipe pipe = Pipe.open();
        ConvertedTrace trace = new ConvertedTrace(Channels.newInputStream(pipe.source()));
        OutputStream out = Channels.newOutputStream(pipe.sink());
        Thread thread = new Thread(() -> trace.make(recording, format, out), "jtracer-download");
        thread.setDaemon(true);
        thread.start();
        return trace;
    }

    private void make(Path recording, TraceFormat format, OutputStream pipe) {
        try (pipe) {
            format.convert(recording, pipe);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException(recording + " could not be converted: " + e, e);
        }
    }

    @Override
    public int read() throws IOException {
        return complete(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return complete(super.read(bytes, offset, length));
    }

    /** An end that came of a failure must not look like the end of the trace. */
    private int complete(int read) throws IOException {
        IOException failed = failure;
        if (read < 0 && failed != null) {
            throw failed;
        }
        return read;
    }
}
