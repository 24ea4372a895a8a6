package io.github.jtracer.cli.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of the owner's beside the output, for what is not finished yet. It goes away however the
 * command ends, short of being killed.
 */
final class Scratch implements Closeable {
    private final Path folder;
    private final Runnable remove = this::remove;

    private Scratch(Path folder) {
        this.folder = folder;
        Interrupts.ofThisProcess().onLeaving(remove);
    }

    /** On the same file system, so that a finished file is moved out by renaming it. */
    static Scratch beside(Path output) throws IOException {
        return new Scratch(Files.createTempDirectory(output.getParent(), ".jtracer-"));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        Interrupts.ofThisProcess().forgetLeaving(remove);
        remove();
    }

    private void remove() {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // The output's folder has gone, and this one with it.
        }
    }
}
