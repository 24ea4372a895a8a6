package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.Screen;
import io.github.jtracer.trace.RecoveryFormat;
import io.github.jtracer.trace.Totals;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Saves what a program had recorded that was killed, from the folder that its agent left. */
public final class Recovery {
    private final Path folder;
    private final Screen screen;

    /**
     * @param folder such as {@code result.json.recover}
     */
    public Recovery(Path folder, Screen screen) {
        this.folder = folder;
        this.screen = screen;
    }

    /**
     * Looks whether there is such a folder already; it would be replaced.
     *
     * @throws Problem if there is
     */
    static void refuseIfThere(Output output) {
        Path folder = folderOf(output.file());
        if (Files.isDirectory(folder)) {
            throw new Problem(
                    ExitCode.ALREADY_RECORDING,
                    folder + " holds a recording that is not saved yet.",
                    "Save it with `jtracer recover " + folder + "`, or name another -o.");
        }
    }

    /** The folder that a program has that is to save there. */
    static Path folderOf(Path output) {
        return output.resolveSibling(output.getFileName() + RecoveryFormat.FOLDER_SUFFIX);
    }

    /** Where the program would have saved. */
    public Path output() {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        if (!name.endsWith(RecoveryFormat.FOLDER_SUFFIX) || !Files.exists(buffer())) {
            throw new Problem(
                    ExitCode.USAGE,
                    folder + " is no folder that a killed program left.",
                    "Give the folder "
                            + RecoveryFormat.FOLDER_SUFFIX
                            + " beside the file that was to be saved.");
        }
        return folder.resolveSibling(
                name.substring(0, name.length() - RecoveryFormat.FOLDER_SUFFIX.length()));
    }

    /**
     * Saves, and then removes the folder.
     *
     * @throws Problem if the program still runs, or it cannot be read or written
     */
    public void save(Output output) {
        try (FileChannel buffer =
                        FileChannel.open(
                                buffer(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = buffer.tryLock()) {
            if (lock == null) {
                throw new Problem(
                        ExitCode.ALREADY_RECORDING,
                        "The program that records into " + folder + " is still running.",
                        "It saves by itself when it ends.");
            }
            save(buffer, output);
        } catch (IOException e) {
            throw new Problem(
                    ExitCode.NOT_SAVED,
                    "What is in "
                            + folder
                            + " could not be saved: "
                            + Reason.of(e, output.file())
                            + ".",
                    "It stays there: `jtracer recover " + folder + " -o OTHER`.");
        }
    }

    private void save(FileChannel buffer, Output output) throws IOException {
        Totals totals;
        boolean overwritten;
        try (Scratch scratch = Scratch.beside(output.file())) {
            Path recording = scratch.file("recording");
            overwritten =
                    RecoveredRecording.write(
                            folder.resolve(RecoveryFormat.JOURNAL), buffer, recording);
            totals = output.write(recording, true, scratch);
        }
        screen.success(
                "Recovered "
                        + output.display()
                        + " ("
                        + Figures.bytes(Files.size(output.file()))
                        + "): "
                        + Figures.count(totals.calls(), "call")
                        + " on "
                        + Figures.count(totals.threads(), "thread")
                        + ", up to when the program was killed.");
        if (overwritten) {
            screen.warn(
                    "The buffer was full: older calls were overwritten; how many is not known. Keep"
                            + " more with a larger --buffer.");
        }
        Files.deleteIfExists(folder.resolve(RecoveryFormat.JOURNAL));
        Files.deleteIfExists(buffer());
        Files.deleteIfExists(folder);
    }

    private Path buffer() {
        return folder.resolve(RecoveryFormat.BUFFER);
    }
}
