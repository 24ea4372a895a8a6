package io.github.jtracer.cli;

import io.github.jtracer.formats.Converter;
import io.github.jtracer.formats.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code jtracer view}: a trace in the browser, as a page that needs nothing else. Nothing listens
 * on the network for it, and nothing leaves this machine. With {@code --perfetto} it is handed to
 * Perfetto's pages instead, which keep it in the browser too.
 */
@Command(
        name = "view",
        description = "Show a trace in the browser.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ViewCommand implements Callable<Integer> {
    private static final int OPENER_SECONDS = 5;

    @Mixin private TraceParameter trace = new TraceParameter();

    @Option(
            names = "--perfetto",
            description =
                    "Show it in https://ui.perfetto.dev instead: serve the file to that site, on"
                            + " this machine alone, until it has been fetched.")
    private boolean perfetto;

    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Screen screen = screenOptions.screen();
        if (perfetto) {
            serve(screen);
            return ExitCode.SAVED;
        }
        Path page = page(screen);
        if (open(page.toString())) {
            screen.say("Opened " + page + " in the browser.");
        } else {
            screen.say("There is no browser here. Open this page in one: " + page.toUri());
        }
        return ExitCode.SAVED;
    }

    private void serve(Screen screen) throws IOException, InterruptedException {
        Path file = trace.file().toAbsolutePath().normalize();
        String name = String.valueOf(file.getFileName());
        if (Converter.perfettoReads(file)) {
            trace.use(screen, opened -> {}); // so that what is no trace is not served
            serve(screen, file, name);
            return;
        }
        Path converted = Files.createTempFile("jtracer-", ".pftrace");
        converted.toFile().deleteOnExit(); // Ctrl+C is how to end this early
        try {
            trace.use(screen, opened -> Converter.write(opened, converted));
            serve(screen, converted, name.replaceFirst("\\.[^.]*$", "") + ".pftrace");
        } finally {
            Files.deleteIfExists(converted);
        }
    }

    private static void serve(Screen screen, Path file, String name)
            throws IOException, InterruptedException {
        try (PerfettoServer server = new PerfettoServer(file, name)) {
            if (open(server.address())) {
                screen.say("Opened " + server.address() + " in the browser.");
            } else {
                screen.say("There is no browser here. Open this in one: " + server.address());
            }
            screen.say("Serving " + name + " until it has been fetched; Ctrl+C ends it.");
            server.await();
            screen.success("Perfetto has it.");
        }
    }

    /** The trace itself if it is a page, else one beside it. */
    private Path page(Screen screen) {
        Path file = trace.file().toAbsolutePath().normalize();
        String name = String.valueOf(file.getFileName());
        if (name.toLowerCase(Locale.ROOT).endsWith(".html")) {
            // A browser would show half a page as an empty one.
            trace.use(screen, opened -> Trace.checkPage(file));
            return file;
        }
        Path folder = file.getParent();
        // Not result.html: that may be another trace.
        Path page = folder.resolve(name + ".html");
        if (!Files.isWritable(folder)) {
            throw new Problem(
                    ExitCode.USAGE,
                    "The page cannot be written to " + folder + ".",
                    "Make one elsewhere: `jtracer convert " + file + " /tmp/page.html`.");
        }
        trace.use(screen, opened -> Converter.write(opened, page));
        return page;
    }

    private static boolean open(String address) {
        Map<String, String> environment = System.getenv();
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String opener;
        if (system.contains("mac")) {
            opener = "open";
        } else if (environment.containsKey("DISPLAY")
                || environment.containsKey("WAYLAND_DISPLAY")) {
            opener = "xdg-open";
        } else {
            return false;
        }
        try {
            Process process =
                    new ProcessBuilder(opener, address)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            // Some openers stay as long as the browser does: that is success too.
            return !process.waitFor(OPENER_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
