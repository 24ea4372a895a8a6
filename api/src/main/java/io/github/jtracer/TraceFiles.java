package io.github.jtracer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files in the configured directory: their names, and how many of them are kept.
 *
 * <p>A name is a plain name: nothing in it can lead out of the directory, and a link is never
 * followed.
 */
final class TraceFiles {
    /** What a trace's name ends in, without the dot: a regular expression. */
    static final String EXTENSION = "(json|json\\.gz|html|pftrace|jtr)";

    private static final String USUAL = "json.gz";
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}\\." + EXTENSION);
    private static final Pattern OWN_NAME =
            Pattern.compile("trace-\\d{8}-\\d{6}-\\d+(-\\d+)?\\." + EXTENSION);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Comparator<Path> NEWEST_FIRST =
            Comparator.comparing(TraceFiles::modified).thenComparing(Path::getFileName).reversed();

    private final Path directory;
    private final int keep;
    private final Clock clock;

    /** Files with names of others' choice that this process wrote. */
    private final Set<Path> written = ConcurrentHashMap.newKeySet();

    TraceFiles(Path directory, int keep, Clock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.keep = keep;
        this.clock = clock;
    }

    Path directory() {
        return directory;
    }

    /**
     * A file for a recording that was given no name: {@code trace-<date>-<time>-<pid>.json.gz}. No
     * other file has its name, whatever the extension.
     *
     * @throws IllegalArgumentException if the extension is not one of a trace's
     */
    Path next(@Nullable String format) {
        String extension = "." + (format == null ? USUAL : format);
        String base =
                "trace-"
                        + STAMP.format(LocalDateTime.now(clock))
                        + "-"
                        + ProcessHandle.current().pid();
        String name = base;
        for (int i = 2; taken(name + extension) || taken(name + "." + USUAL); i++) {
            name = base + "-" + i;
        }
        return resolve(name + extension);
    }

    private boolean taken(String name) {
        return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The file that a recording asks for by name.
     *
     * @throws IllegalArgumentException if the name could lead out of the directory, or is of
     *     something that this process did not write
     */
    Path named(String name) {
        Path file = resolve(name);
        if (name.startsWith("latest.")) {
            throw new IllegalArgumentException(
                    "file is '" + name + "', but that name stands for the newest trace");
        }
        if (taken(name) && !(written.contains(file) && regular(file))) {
            throw new IllegalArgumentException(
                    "file is '" + name + "', which exists already; choose another name");
        }
        return file;
    }

    /** A recording into that file has begun: from now on it is one of ours. */
    void begun(Path file) {
        if (!OWN_NAME.matcher(file.getFileName().toString()).matches()) {
            written.add(file);
        }
    }

    /** A finished trace; empty if there is none of that name, whatever the name is. */
    Optional<Path> find(String name) {
        return NAME.matcher(name).matches()
                ? Optional.of(directory.resolve(name)).filter(TraceFiles::regular)
                : Optional.empty();
    }

    /** Finished traces, newest first. */
    List<Path> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(TraceFiles::regular)
                    .sorted(NEWEST_FIRST)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Creates the directory for this user alone; one that is there is left as it is.
     *
     * @throws IllegalStateException if that cannot be, or files cannot be written there
     */
    void prepare() {
        try {
            if (!Files.isDirectory(directory)) {
                if (directory.getParent() != null) {
                    Files.createDirectories(directory.getParent());
                }
                createPrivate();
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the directory " + directory + " cannot be created (" + e + ")", e);
        }
        refuseStrangersDirectory();
        if (!Files.isWritable(directory)) {
            throw new IllegalStateException("the directory " + directory + " is not writable");
        }
    }

    /** In a temporary folder that all users share, another one may have been there first. */
    private void refuseStrangersDirectory() {
        if (!directory.equals(TracerSettings.defaults().directory().toAbsolutePath().normalize())) {
            return;
        }
        try {
            String owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
            if (Files.isSymbolicLink(directory) || !owner.equals(System.getProperty("user.name"))) {
                throw new IllegalStateException(
                        "the directory " + directory + " belongs to " + owner + " or is a link");
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new IllegalStateException("the directory " + directory + " cannot be read", e);
        }
    }

    private void createPrivate() throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
        }
    }

    /**
     * Deletes the oldest that are too many, of those that jtracer named and those that this process
     * wrote. Nothing else in the directory is touched.
     *
     * @param expected how many are about to be written
     */
    void prune(int expected) {
        if (keep == 0) {
            return;
        }
        list().stream().filter(this::ours).skip(Math.max(0, keep - expected)).forEach(this::delete);
    }

    private boolean ours(Path file) {
        return written.contains(file) || OWN_NAME.matcher(file.getFileName().toString()).matches();
    }

    private Path resolve(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "file is '"
                            + name
                            + "', but must be a plain name of letters, digits, '.', '_' and '-',"
                            + " ending in .json, .json.gz, .html, .pftrace or .jtr");
        }
        return directory.resolve(name);
    }

    private static boolean regular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            written.remove(file);
        } catch (IOException e) {
            // the next time, perhaps
        }
    }
}
