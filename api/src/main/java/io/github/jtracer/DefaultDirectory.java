package io.github.jtracer;

import java.nio.file.Path;

/**
 * A folder below the temporary folder for one user's one application: its oldest files may be
 * deleted, and its latest are asked for by that word.
 */
final class DefaultDirectory {
    private static final int MAX_NAME = 40;

    private DefaultDirectory() {}

    static Path ofThisJvm() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                name(
                        System.getProperty("user.name"),
                        System.getProperty("user.dir"),
                        System.getProperty("sun.java.command", "")));
    }

    /**
     * Such as {@code jtracer-ann-shop-5c1f}: the same after a restart, another where another
     * application of that name runs.
     *
     * @param command main class or jar, and arguments
     */
    static String name(String user, String folder, String command) {
        String main = command.split(" ", 2)[0];
        String file = main.substring(Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\')) + 1);
        String name =
                file.endsWith(".jar")
                        ? file.substring(0, file.length() - ".jar".length())
                        : file.substring(file.lastIndexOf('.') + 1);
        String plain = name.replaceAll("[^\\w.-]", "-");
        return String.format(
                "jtracer-%s-%s-%04x",
                user,
                plain.substring(0, Math.min(MAX_NAME, plain.length())),
                (folder + '\0' + main).hashCode() & 0xFFFF);
    }
}
