package io.github.jtracer.benchmarks;

import io.github.jtracer.trace.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measurements of the command and the running sample application: what a person waits for. */
final class Attaching {
    private static final Pattern WOVEN =
            Pattern.compile(
                    "([\\d,]+) methods? of ([\\d,]+) class(?:es)? woven in (\\d+) ms"
                            + ", longest pause (\\d+) ms.*");
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern SAFEPOINT =
            Pattern.compile("Safepoint \"(?:Redefine|Retransform)\\w*\".* Total: +(\\d+) ns");
    private static final double NANOS_IN_A_MILLI = 1e6;
    private static final String LOAD_SECONDS = "4";

    /** The customer that is there when the command comes has to be warm itself. */
    private static final String CUSTOMER_SECONDS = "20";

    private static final long VISIT_MILLIS = 25;

    /** What the application has to do when the command comes. */
    private enum Use {
        NONE,
        LIGHT,
        BUSY
    }

    private static final long CUSTOMER_SETTLE_MILLIS = 8000;
    private static final long SETTLE_MILLIS = 2000;

    private final Paths paths;
    private final Table table;
    private final int forks;

    Attaching(Paths paths, Table table, int forks) {
        this.paths = paths;
        this.table = table;
        this.forks = forks;
    }

    void measure(Jdk jdk) throws Exception {
        makeArchive(jdk);
        own(jdk, Use.LIGHT, "used lightly", "&le; 0.6 s");
        own(jdk, Use.BUSY, "beside a customer who never pauses", "said");
        scope(jdk, "org.springframework.**", "all Spring classes", "&le; 1.5 s", "&le; 120 ms");
        scope(jdk, "**", "all but the JDK", "&le; 3.5 s", "&le; 200 ms");
    }

    private void own(Jdk jdk, Use use, String how, String wanted) throws Exception {
        Figures own = repeat(jdk, null, use);
        table.put(
                "sample app, " + how + ", its own packages: from the command to the probes in",
                wanted,
                jdk,
                own.of("seconds").show(2, "s"));
        table.put("... " + how + ": to the first event", wanted, jdk, own.of("first").show(2, "s"));
    }

    private void scope(Jdk jdk, String include, String name, String wanted, String pause)
            throws Exception {
        Figures run = repeat(jdk, include, Use.NONE);
        table.put(
                "sample app, " + name + ": from the command to the probes in",
                wanted,
                jdk,
                run.of("seconds").show(2, "s")
                        + String.format("; %,.0f classes", run.of("classes").median()));
        table.put(
                "... " + name + ": longest pause, as jtracer reports it / as the JVM logs it",
                pause,
                jdk,
                run.of("pause").show(0, "ms") + " / " + run.of("safepoint").show(0, "ms"));
    }

    /** Each time a JVM that was never attached to. */
    private Figures repeat(Jdk jdk, String include, Use use) throws Exception {
        Figures all = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            once(jdk, include, use, all);
        }
        return all;
    }

    private void once(Jdk jdk, String include, Use use, Figures figures) throws Exception {
        Path log = paths.work().resolve("application.log");
        Path safepoints = paths.work().resolve("safepoints.log");
        Process application =
                process(
                        log,
                        jdk.java(),
                        "-Xmx1g",
                        "-Xlog:safepoint:file=" + safepoints + "::filecount=0",
                        "-jar",
                        paths.application().toString(),
                        "--server.port=0");
        try {
            String port = await(application, log, PORT);
            load(jdk, port, "2", LOAD_SECONDS).waitFor();
            // A customer is warm before the command comes, and so is the shop for it.
            Process load = use == Use.BUSY ? load(jdk, port, "1", CUSTOMER_SECONDS) : null;
            Thread visitor = use == Use.LIGHT ? visitor(port) : null;
            Thread.sleep(use == Use.NONE ? SETTLE_MILLIS : CUSTOMER_SETTLE_MILLIS);
            attach(jdk, application.pid(), include, figures);
            if (load != null) {
                load.destroy();
                load.waitFor();
            }
            if (visitor != null) {
                visitor.interrupt();
                visitor.join();
            }
            figures.add("safepoint", longest(safepoints));
        } finally {
            application.destroy();
            application.waitFor(10, TimeUnit.SECONDS);
            application.destroyForcibly();
        }
    }

    /** Asks for a product every now and then, so that there is a first event. */
    private static Thread visitor(String port) {
        HttpRequest product =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/products/A1"))
                        .build();
        HttpClient http = HttpClient.newHttpClient();
        Thread visitor =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    http.send(product, BodyHandlers.discarding());
                                    Thread.sleep(VISIT_MILLIS);
                                }
                            } catch (InterruptedException e) {
                                // Enough.
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        "visitor");
        visitor.start();
        return visitor;
    }

    private Process load(Jdk jdk, String port, String threads, String seconds) throws IOException {
        return process(
                paths.work().resolve("load.log"),
                jdk.java(),
                "-jar",
                paths.application().toString(),
                "--load=http://localhost:" + port,
                "--seconds=" + seconds,
                "--threads=" + threads);
    }

    private void attach(Jdk jdk, long pid, String include, Figures figures) throws Exception {
        Path file = paths.work().resolve("attached.jtr");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                paths.command().toString(),
                                "--attach",
                                String.valueOf(pid),
                                "-t",
                                "0.3",
                                "-o",
                                file.toString()));
        if (include != null) {
            command.addAll(List.of("--include", include));
        }
        ProcessBuilder builder = command(jdk, command);
        long begin = System.nanoTime();
        Process process = builder.start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                Matcher woven = WOVEN.matcher(line);
                if (woven.matches()) {
                    figures.add("seconds", (System.nanoTime() - begin) / NANOS_IN_A_MILLI / 1000);
                    figures.add("classes", number(woven.group(2)));
                    figures.add("pause", number(woven.group(4)));
                }
            }
        }
        if (process.waitFor() != 0 || !figures.has("pause")) {
            throw new IOException("jtracer failed: " + String.join("\n", said));
        }
        FirstSlice first = new FirstSlice();
        try (Recording recording = Recording.open(file)) {
            recording.replay(first);
        }
        figures.add(
                "first", figures.of("seconds").median() + first.nanos() / NANOS_IN_A_MILLI / 1000);
    }

    private ProcessBuilder command(Jdk jdk, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.home().toString());
        builder.environment().put("XDG_CACHE_HOME", paths.work().toString());
        return builder;
    }

    /** The command makes its class data archive at its first run, for all that come after. */
    private void makeArchive(Jdk jdk) throws Exception {
        Path cache = paths.work().resolve("jtracer");
        long before = archives(cache);
        command(jdk, List.of(paths.command().toString(), "--version")).start().waitFor();
        while (archives(cache) == before) {
            Thread.sleep(100);
        }
    }

    private static long archives(Path cache) throws IOException {
        if (!Files.exists(cache)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().matches(".*\\.(jsa|aot)")).count();
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    private static double longest(Path safepoints) throws IOException {
        double longest = 0;
        for (String line : Files.readAllLines(safepoints)) {
            Matcher safepoint = SAFEPOINT.matcher(line);
            if (safepoint.find()) {
                longest =
                        Math.max(
                                longest, Double.parseDouble(safepoint.group(1)) / NANOS_IN_A_MILLI);
            }
        }
        return longest;
    }

    private static Process process(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String await(Process process, Path log, Pattern sign) throws Exception {
        while (process.isAlive()) {
            Matcher found = sign.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(100);
        }
        throw new IOException("the sample application ended: see " + log);
    }
}
