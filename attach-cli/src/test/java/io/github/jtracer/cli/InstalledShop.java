package io.github.jtracer.cli;

import io.github.jtracer.TracerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link Shop} that installs the tracer before it opens. */
public final class InstalledShop {
    private InstalledShop() {}

    public static void main(String[] arguments) throws IOException {
        io.github.jtracer.JTracer.install(
                new TracerSettings(
                        "USR1",
                        Path.of(System.getProperty("folder")),
                        List.of("io.github.jtracer.cli.Shop"),
                        List.of(),
                        Duration.ZERO,
                        0,
                        0,
                        Duration.ofSeconds(60),
                        10));
        Shop.main(arguments);
    }
}
