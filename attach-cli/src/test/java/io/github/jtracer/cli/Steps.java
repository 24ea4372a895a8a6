package io.github.jtracer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes so many calls, says so in a file, and waits to be killed. */
public final class Steps {
    static final int COUNT = 20_000;

    private static int done;

    private Steps() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < COUNT; i++) {
            step(i);
        }
        say(Path.of(arguments[0]));
        Thread.sleep(Long.MAX_VALUE);
    }

    static void step(int number) {
        done += number;
    }

    private static void say(Path file) throws IOException {
        Path part =
                Files.writeString(file.resolveSibling("part"), "" + ProcessHandle.current().pid());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
