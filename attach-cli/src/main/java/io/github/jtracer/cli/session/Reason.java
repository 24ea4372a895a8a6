package io.github.jtracer.cli.session;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file could not be written, in words: many exceptions say only which file. */
final class Reason {
    private Reason() {}

    /**
     * @param file what was to be written
     */
    static String of(IOException e, Path file) {
        if (e instanceof NoSuchFileException) {
            // /proc says so, too, of what cannot be made in it.
            return Files.isDirectory(file.getParent())
                    ? "no file can be made in " + file.getParent()
                    : "its folder is no longer there";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
