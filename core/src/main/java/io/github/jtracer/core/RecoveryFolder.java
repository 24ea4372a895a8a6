package io.github.jtracer.core;

import io.github.jtracer.core.own.Failures;
import io.github.jtracer.probe.Recorder;
import io.github.jtracer.probe.ThreadLog;
import io.github.jtracer.trace.RecordingOutput;
import io.github.jtracer.trace.RecoveryFormat;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * A recording's buffer in a file, and beside it what is needed to read it, so that {@code kill -9}
 * loses nothing: what is mapped shared is the kernel's, and stays. See {@link RecoveryFormat}.
 */
final class RecoveryFolder {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long ADDRESS = UNSAFE.objectFieldOffset(Buffer.class, "address");
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path folder;
    private final FileChannel channel;
    private final MappedByteBuffer mapping;
    private final RecordingOutput journal;
    private final Set<Long> threads = new HashSet<>();
    private int methods;
    private int reading;
    private boolean begun;
    private volatile boolean stays;

    private RecoveryFolder(
            Path folder, FileChannel channel, MappedByteBuffer mapping, RecordingOutput journal) {
        this.folder = folder;
        this.channel = channel;
        this.mapping = mapping;
        this.journal = journal;
    }

    /** That of a recording that is to have one, or null. Recording without is better than not. */
    static RecoveryFolder of(Settings settings) {
        if (!settings.recoverable() || settings.file().isEmpty()) {
            return null;
        }
        try {
            return create(Path.of(settings.file()).toAbsolutePath(), settings.bufferBytes());
        } catch (IOException e) {
            Failures.last("the recording could not be made recoverable: " + e.getMessage());
            return null;
        }
    }

    /**
     * Makes it, private to its owner; what an earlier process left there is replaced.
     *
     * @param file where the recording is going to be saved
     * @param bytes size of the buffer, at most 2 GB
     * @throws IOException if it cannot be had; nothing is left behind then
     */
    private static RecoveryFolder create(Path file, long bytes) throws IOException {
        if (bytes > Integer.MAX_VALUE - RecoveryFormat.PAGE_BYTES) {
            throw new IOException("a buffer of 2 GB or more cannot be recovered");
        }
        Path folder = file.resolveSibling(file.getFileName() + RecoveryFormat.FOLDER_SUFFIX);
        Path buffer = folder.resolve(RecoveryFormat.BUFFER);
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, ownerOnly(folder));
        }
        FileChannel channel =
                FileChannel.open(
                        buffer,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process records into " + folder);
            }
            long size = RecoveryFormat.PAGE_BYTES + bytes;
            try {
                fill(channel, size);
            } catch (IOException e) {
                Files.deleteIfExists(buffer);
                Files.deleteIfExists(folder);
                throw e;
            }
            return new RecoveryFolder(
                    folder,
                    channel,
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, size),
                    new RecordingOutput(
                            Files.newOutputStream(folder.resolve(RecoveryFormat.JOURNAL))));
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("another recording of this process is in " + folder, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * With written zeros, not with a hole: a full disk shows here, and not as SIGBUS in a probe.
     */
    private static void fill(FileChannel channel, long size) throws IOException {
        channel.truncate(0);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
        for (long left = size; left > 0; left -= zeros.limit()) {
            zeros.clear().limit((int) Math.min(BLOCK_BYTES, left));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Address of the memory for the chunks. */
    long memory() {
        return UNSAFE.getLong(mapping, ADDRESS) + RecoveryFormat.PAGE_BYTES;
    }

    /** Writes down what is known at the start. */
    synchronized void begin(Map<String, String> header) throws IOException {
        journal.header(header);
        journal.flush();
        begun = true;
    }

    /** Writes down what of these it has not yet. They are always the same, and more at the end. */
    synchronized void methods(List<TracedMethod> known) throws IOException {
        if (begun && known.size() > methods) {
            journal.methods(known.subList(methods, known.size()));
            journal.flush();
            methods = known.size();
        }
    }

    /** Writes down the threads that it has not yet. */
    synchronized void threads(List<ThreadLog> logs) throws IOException {
        boolean some = false;
        for (ThreadLog log : logs) {
            if (begun && threads.add(Threads.id(log.carrier()))) {
                journal.thread(Threads.id(log.carrier()), 0, log.carrier().getName());
                some = true;
            }
        }
        if (some) {
            journal.flush();
        }
    }

    /** What the clocks say. From one thread. */
    void reading(Moment moment) {
        // The one that is not good is written, and only then said to be.
        long page = UNSAFE.getLong(mapping, ADDRESS);
        reading = reading % 2 + 1;
        long slot = page + RecoveryFormat.READINGS + (reading - 1L) * RecoveryFormat.READING_BYTES;
        UNSAFE.putLong(slot, moment.ticks());
        UNSAFE.putLong(slot + Long.BYTES, moment.nanos());
        UNSAFE.putLongVolatile(null, page + RecoveryFormat.READING, reading);
    }

    /** The recording could not be saved elsewhere: what is here is all there is. */
    void stay() {
        stays = true;
    }

    /**
     * Ends it.
     *
     * @param unused whether no thread can be writing to the memory any more
     */
    synchronized void close(boolean unused) {
        begun = false;
        try {
            journal.close();
            if (!stays) {
                Files.deleteIfExists(folder.resolve(RecoveryFormat.JOURNAL));
                Files.deleteIfExists(folder.resolve(RecoveryFormat.BUFFER));
                Files.deleteIfExists(folder);
            }
            channel.close();
        } catch (IOException e) {
            Failures.last(e);
        }
        if (unused) {
            UNSAFE.invokeCleaner(mapping);
        } else {
            Recorder.leak(mapping);
        }
    }
}
