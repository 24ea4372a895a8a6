package io.github.jtracer.sample;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The shop, started as people start it, in a process of its own. */
final class Shop implements AutoCloseable {
    private static final Pattern STARTED =
            Pattern.compile(
                    "started on port (\\d+)\\b.*?Started \\w+Application in", Pattern.DOTALL);
    private static final String TRACER = "/actuator/tracer";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path log;
    private final Path loadedClasses;
    private int port;
    private int starts;

    private Shop(Process process, Path log, Path loadedClasses) throws Exception {
        this.process = process;
        this.log = log;
        this.loadedClasses = loadedClasses;
        awaitStart();
    }

    /** The fat jar. */
    static Shop open(Path folder, String... jvmOptions) throws Exception {
        return open(folder, List.of(jvmOptions), List.of("-jar", System.getProperty("sample.jar")));
    }

    /**
     * @param what the jar or the main class, and its arguments
     */
    static Shop open(Path folder, List<String> jvmOptions, List<String> what) throws Exception {
        Path log = folder.resolve("shop.log");
        Path loaded = folder.resolve("loaded.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Xlog:class+load:file=" + loaded + ":none:filecount=0");
        command.addAll(what);
        command.add("--server.port=0");
        command.add("--jtracer.directory=" + folder.resolve("traces"));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new Shop(process, log, loaded);
    }

    String pid() {
        return Long.toString(process.pid());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Lines of the JVM's log of loaded classes that match. */
    List<String> loadedClasses(Predicate<String> test) throws IOException {
        try (var lines = Files.lines(loadedClasses)) {
            return lines.filter(test).toList();
        }
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpResponse<String> start() throws Exception {
        return send(request(TRACER + "/start").POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> stop() throws Exception {
        return send(request(TRACER + "/stop").POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> uninstall() throws Exception {
        return send(request(TRACER).DELETE());
    }

    HttpResponse<String> uninstallByForce() throws Exception {
        return send(request(TRACER + "?force=true").DELETE());
    }

    String status(String path) throws Exception {
        return String.valueOf(JsonPath.<Object>read(get(TRACER).body(), path));
    }

    void awaitState(String state) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!status("$.state").equals(state)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never " + state + ": " + get(TRACER).body());
            }
            Thread.sleep(20);
        }
    }

    void signal() throws Exception {
        new ProcessBuilder("kill", "-USR1", pid()).start().waitFor();
    }

    /** Waits until it has opened (once more), and goes there from now on. */
    void awaitStart() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (process.isAlive() && System.nanoTime() < end) {
            // one look at the log: the port and the line after it belong together
            List<MatchResult> seen = STARTED.matcher(log()).results().toList();
            if (seen.size() > starts) {
                starts = seen.size();
                port = Integer.parseInt(seen.get(starts - 1).group(1));
                return;
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException("the shop did not open: " + log());
    }

    /** Whether nobody is there, and why, is to be read in the failure of the test. */
    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            process.waitFor(1, TimeUnit.SECONDS);
            String state = process.isAlive() ? "runs" : "has exited: " + process.exitValue();
            throw new IllegalStateException(
                    "no answer on port " + port + "; the shop " + state + "; its log: " + log(), e);
        }
    }

    /** What {@code jcmd} answers. */
    String jcmd(String... command) throws Exception {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        all.add(pid());
        all.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
