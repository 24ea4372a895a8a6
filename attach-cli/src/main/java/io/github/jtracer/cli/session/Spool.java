package io.github.jtracer.cli.session;

import io.github.jtracer.trace.RecordingSpool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Takes the raw recording over from the target, into a file.
 *
 * <p>The target's buffer is wanted back soon, and a disk takes it faster than a formatter does.
 */
final class Spool {
    private Spool() {}

    /**
     * Takes all of it. What the disk does not take is read nevertheless, so that the line is free
     * for messages again.
     *
     * @return whether the recording came whole; if not, its target has died
     * @throws IOException if the disk would not take it
     */
    static boolean fill(Path file, InputStream in) throws IOException {
        Guarded out = new Guarded(Files.newOutputStream(file));
        boolean whole;
        try (out) {
            RecordingSpool.copy(in, out);
            whole = true;
        } catch (IOException e) {
            // The other side's: this one's are kept for later.
            whole = false;
        }
        if (out.failure != null) {
            throw out.failure;
        }
        return whole;
    }

    /** Takes all of it, to no place. */
    static void drain(InputStream in) throws IOException {
        RecordingSpool.copy(in, OutputStream.nullOutputStream());
    }

    /** Remembers the first failure, and takes and forgets everything after it. */
    private static final class Guarded extends OutputStream {
        private final OutputStream out;
        private @Nullable IOException failure;

        Guarded(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void close() {
            attempt(out::close);
        }

        private void attempt(Write write) {
            if (failure != null) {
                return;
            }
            try {
                write.run();
            } catch (IOException e) {
                failure = e;
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }
}
