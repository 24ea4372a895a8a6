package io.github.jtracer.cli.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Tries whether a file can be written in the way in which it will be: made in a folder beside it,
 * and put in its place. What is there now is not touched.
 */
final class Trial {
    private static final int STICKY = 01000;

    private Trial() {}

    /**
     * @throws IOException if it cannot; its message, or its kind, says why
     */
    static void of(Path file) throws IOException {
        try (Scratch scratch = Scratch.beside(file)) {
            // Under its own name, which may be too long, and with a byte in it: a disk that is full
            // takes folders and empty files.
            Files.write(scratch.file(String.valueOf(file.getFileName())), new byte[1]);
        }
        if (Files.exists(file)) {
            refuseIfOthers(file);
            refuseIfMounted(file);
        }
    }

    /** In a folder like /tmp only its owner may replace a file, whoever may write to the folder. */
    private static void refuseIfOthers(Path file) throws IOException {
        Path folder = file.getParent();
        int self;
        try {
            self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return; // no such thing here
        }
        if (self == 0 && !Files.isWritable(file)) {
            throw new IOException("what is there is protected (chattr +i)");
        }
        boolean sticky = ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        if (sticky
                && self != 0
                && !Files.getAttribute(file, "unix:uid").equals(self)
                && !Files.getAttribute(folder, "unix:uid").equals(self)) {
            throw new IOException(
                    "it is there already and belongs to " + Files.getOwner(file).getName());
        }
    }

    /** As containers have it: a file that is mounted from elsewhere can be filled, not replaced. */
    private static void refuseIfMounted(Path file) throws IOException {
        Path mounts = Path.of("/proc/self/mountinfo");
        if (!Files.exists(mounts)) {
            return;
        }
        byte[] name = file.toString().replace("\\", "\\134").replace(" ", "\\040").getBytes(UTF_8);
        String place = new String(name, ISO_8859_1);
        try (Stream<String> lines = Files.lines(mounts, ISO_8859_1)) {
            if (lines.anyMatch(line -> line.split(" ", 6)[4].equals(place))) {
                throw new IOException("it is mounted from elsewhere and cannot be replaced");
            }
        }
    }
}
