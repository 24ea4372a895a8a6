package io.github.jtracer.sample;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fat jar, started as people start it, in a process of its own. */
final class Shop implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
    private static final String TRACER = "/actuator/tracer";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path log;
    private final Path loadedClasses;
    private final int port;

    private Shop(Process process, Path log, Path loadedClasses) throws Exception {
        this.process = process;
        this.log = log;
        this.loadedClasses = loadedClasses;
        this.port = awaitPort();
    }

    static Shop open(Path folder, String... jvmOptions) throws Exception {
        Path log = folder.resolve("shop.log");
        Path loaded = folder.resolve("loaded.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.add("-Xlog:class+load:file=" + loaded + ":none:filecount=0");
        command.addAll(List.of("-jar", System.getProperty("sample.jar"), "--server.port=0"));
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

    private int awaitPort() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher matcher = PORT.matcher(log());
            if (matcher.find() && log().contains("Started SampleApplication")) {
                return Integer.parseInt(matcher.group(1));
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException("the shop did not open: " + log());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
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
