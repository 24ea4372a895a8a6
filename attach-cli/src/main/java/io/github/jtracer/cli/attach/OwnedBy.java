package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.target.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Gives files to the target's user, where that is another one (and this one is root). */
final class OwnedBy {
    private OwnedBy() {}

    static void target(Jvm jvm, Path path) throws IOException {
        if (jvm.uid() < 0 || uid(path) == jvm.uid()) {
            return;
        }
        Files.setAttribute(path, "unix:gid", jvm.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", jvm.uid(), LinkOption.NOFOLLOW_LINKS);
    }

    static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
