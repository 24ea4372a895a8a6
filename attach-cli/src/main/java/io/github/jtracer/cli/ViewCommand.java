package io.github.jtracer.cli;

import io.github.jtracer.formats.Converter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code jtracer view}: a trace in the browser, as a page that needs nothing else. Nothing listens
 * on the network for it, and nothing leaves this machine.
 */
@Command(
        name = "view",
        description = "Show a trace in the browser.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ViewCommand implements Callable<Integer> {
    private static final int OPENER_SECONDS = 5;

    @Mixin private TraceParameter trace = new TraceParameter();
    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    @Override
    public Integer call() throws IOException {
        Screen screen = screenOptions.screen();
        Path page = page();
        if (open(page)) {
            screen.say("Opened " + page + " in the browser.");
        } else {
            screen.say("There is no browser here. Open this page in one: " + page.toUri());
        }
        return ExitCode.SAVED;
    }

    /** The trace itself if it is a page, else one beside it. */
    private Path page() {
        Path file = trace.file().toAbsolutePath().normalize();
        String name = String.valueOf(file.getFileName());
        if (name.toLowerCase(Locale.ROOT).endsWith(".html")) {
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
        trace.use(opened -> Converter.write(opened, page));
        return page;
    }

    private static boolean open(Path page) {
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
                    new ProcessBuilder(opener, page.toString())
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
