package io.github.jtracer.cli.session;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.formats.Converter;
import io.github.jtracer.trace.Recording;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file a recording is saved to; there is never half of it.
 *
 * @param file absolute, and no link
 */
public record Output(Path file) {
    /**
     * Checks the name, and tries whether a file can be written there, before anything else is done.
     *
     * @throws Problem if not
     */
    public static Output to(Path named) {
        return to(named, true);
    }

    /** The same for a trace that was opened: only what runs in a target writes raw recordings. */
    public static Output ofConversion(Path named) {
        return to(named, false);
    }

    private static Output to(Path named, boolean raw) {
        Path file = named.toAbsolutePath().normalize();
        if (Files.isSymbolicLink(file)) {
            file = target(file);
        }
        if (Files.isDirectory(file)) {
            throw unwritable(
                    file,
                    "it is a folder",
                    "Name a file in it: -o " + named.resolve("result.json") + ".");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw unwritable(file, "it is a device or a pipe", "Name a file with -o.");
        }
        if (!(raw && TraceFile.canWrite(file)) && !Converter.canWrite(file)) {
            throw new Problem(
                    ExitCode.USAGE,
                    "Output "
                            + file
                            + " has an ending that stands for no format"
                            + (raw ? "." : " that a trace can be converted to."),
                    "Let it end in " + (raw ? ".jtr, " : "") + Converter.FORMATS + ".");
        }
        Path folder = file.getParent();
        if (!Files.isDirectory(folder)) {
            throw unwritable(
                    file,
                    "there is no folder " + folder,
                    "Make it with `mkdir -p " + folder + "`, or name another with -o.");
        }
        try {
            Trial.of(file);
        } catch (IOException e) {
            throw unwritable(file, Reason.of(e, file), "Name another place with -o.");
        }
        return new Output(file);
    }

    /** {@code result-4711.json.gz} of {@code result.json.gz}. */
    public static Path withPid(Path file, String pid) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.', 1);
        return file.resolveSibling(
                dot < 0
                        ? name + "-" + pid
                        : name.substring(0, dot) + "-" + pid + name.substring(dot));
    }

    /** Writes the recording, whole or not, in the format that the file's name asks for. */
    Totals write(Path recording, boolean whole, Scratch scratch) throws IOException {
        Path finished = scratch.file(file.getFileName().toString());
        Totals totals;
        try (Recording opened = whole ? Recording.open(recording) : Recording.salvage(recording)) {
            if (TraceFile.canWrite(finished)) {
                totals = TraceFile.write(opened, finished);
            } else {
                Converter.convert(recording, finished);
                totals = opened.totals();
            }
        }
        Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
        return totals;
    }

    /** Writes what another trace has in it, in the format that the file's name asks for. */
    void writeCopyOf(Path trace) throws IOException {
        try (Scratch scratch = Scratch.beside(file)) {
            Path finished = scratch.file(file.getFileName().toString());
            Converter.convert(trace, finished);
            Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The file as a person in the current folder would name it. */
    String display() {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    /** How to look at a file that was saved, a sentence. */
    static String lookAt(String file) {
        Path path = Path.of(file);
        if (TraceFile.canWrite(path) || Converter.canReadBack(path)) {
            String word = file.matches("[\\w./:@%+=,-]+") ? file : "'" + file + "'";
            return "Look at it: `jtracer view " + word + "`, or `jtracer report " + word + "`.";
        }
        return "Look at it in https://www.speedscope.app, which keeps it in the browser.";
    }

    private static Path target(Path link) {
        try {
            return link.toRealPath();
        } catch (IOException e) {
            throw unwritable(link, "it is a link to nothing", "Name another file with -o.");
        }
    }

    private static Problem unwritable(Path file, String why, String todo) {
        return new Problem(
                ExitCode.NOT_SAVED, "Output " + file + " cannot be written: " + why + ".", todo);
    }
}
