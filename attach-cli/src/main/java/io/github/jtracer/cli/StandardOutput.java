package io.github.jtracer.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where reports go. {@code System.out} would keep to itself that a disk is full. */
final class StandardOutput {
    private StandardOutput() {}

    /** What is printed. */
    interface Text {
        void to(PrintWriter out) throws IOException;
    }

    /**
     * Prints.
     *
     * @throws Problem if it does not arrive, unless whoever reads it has seen enough
     */
    static void print(Text text) throws IOException {
        print(new FileOutputStream(FileDescriptor.out), text);
    }

    static void print(OutputStream stream, Text text) throws IOException {
        Remembering target = new Remembering(stream);
        PrintWriter out =
                new PrintWriter(
                        new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8)));
        text.to(out);
        out.flush();
        IOException failure = target.failure;
        if (failure != null && !isEnough(failure)) {
            throw new Problem(
                    ExitCode.NOT_SAVED,
                    "The output cannot be written: " + failure.getMessage() + ".",
                    "Make room where it goes, or have it go elsewhere.");
        }
    }

    /** As with {@code | head}: the reader is gone, and that is no failure. */
    private static boolean isEnough(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("Broken pipe");
    }

    /** Remembers what a {@code PrintWriter} only says yes or no to. */
    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        Remembering(OutputStream target) {
            super(target);
        }

        /** There is one standard output, whoever prints on it. */
        @Override
        public void close() throws IOException {
            flush();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }
    }
}
