package io.github.jtracer.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A raw recording in a file, opened for reading. Its events stay in the file; memory holds what
 * describes them and where its chunks are.
 */
public final class Recording implements Closeable {
    private final FileChannel channel;
    private final RecordingIndex index;
    private final TickScale scale;
    private final TraceInfo info;

    private Recording(FileChannel channel, RecordingIndex index) throws IOException {
        this.channel = channel;
        this.index = index;
        this.scale = new TickScale(index.header);
        long epoch;
        try {
            epoch =
                    Long.parseLong(
                            index.header.getOrDefault(
                                    RecordingFormat.HEADER_START_EPOCH_NANOS, "0"));
        } catch (NumberFormatException e) {
            throw RecordingException.damaged("its header has no start time");
        }
        this.info = new TraceInfo(index.header, epoch, scale.durationNanos());
    }

    /**
     * Opens a complete recording.
     *
     * @throws RecordingException if it is foreign, cut off or damaged
     */
    public static Recording open(Path file) throws IOException {
        return open(file, false);
    }

    /** Opens a recording that may be cut off or damaged: what precedes the damage counts. */
    public static Recording salvage(Path file) throws IOException {
        return open(file, true);
    }

    /** Whether something of it is missing, so that only what precedes that is shown. */
    public boolean isCutShort() {
        return index.damaged;
    }

    public TraceInfo info() {
        return info;
    }

    /**
     * Shows everything to the sink, in one pass; may be called again. In a recording with a minimum
     * duration a {@link BeginSink} sees a begin when it is known that the call was long enough.
     * Where slices have another name at their end, a pass for these names goes ahead for it.
     *
     * @throws RecordingException if a chunk is damaged
     */
    public Totals replay(TraceSink sink) throws IOException {
        FinalNames names = null;
        if (sink instanceof BeginSink && FinalNames.areNeeded(index, channel)) {
            names = new FinalNames();
            new Replay(index, channel, info, scale, names, null).run();
        }
        return new Replay(index, channel, info, scale, sink, names).run();
    }

    /** Counts only: reads everything and shows it to nobody. */
    public Totals totals() throws IOException {
        return replay(new Silence());
    }

    /** Copies the recording as it is. */
    public void copyTo(OutputStream out) throws IOException {
        WritableByteChannel target = Channels.newChannel(out);
        long size = channel.size();
        for (long at = 0; at < size; ) {
            at += channel.transferTo(at, size - at, target);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Recording open(Path file, boolean salvage) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new RecordingException("There is no file " + file, "Check the path");
        }
        try {
            return new Recording(channel, RecordingIndex.read(channel, salvage));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }
}
