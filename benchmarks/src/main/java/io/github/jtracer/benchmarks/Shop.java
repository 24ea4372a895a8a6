package io.github.jtracer.benchmarks;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sample application in a JVM of its own, and whoever asks it for something. */
final class Shop implements AutoCloseable {
    private static final Pattern STARTED =
            Pattern.compile(
                    "Tomcat started on port (\\d+)(?s:.*)Started SampleApplication in"
                            + " (\\S+) seconds \\(process running for (\\S+)\\)");
    private static final String PRODUCT = "/products/A1";
    private static final double NANOS = 1e9;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Process process;
    private final String url;

    /** From the JVM's start until Boot said that the application runs. */
    final double startSeconds;

    private Shop(Process process, String port, double startSeconds) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
        this.startSeconds = startSeconds;
    }

    static Shop open(Jdk jdk, Path jar, Path work, String... options) throws Exception {
        Path log = Files.createTempFile(work, "shop", ".log");
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx1g"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar.toString(), "--server.port=0"));
        command.add("--jtracer.directory=" + work.resolve("traces"));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        while (process.isAlive()) {
            Matcher started = STARTED.matcher(Files.readString(log));
            if (started.find()) {
                Shop shop =
                        new Shop(process, started.group(1), Double.parseDouble(started.group(3)));
                shop.awaitProducts();
                return shop;
            }
            Thread.sleep(20);
        }
        throw new IOException("the sample application ended: see " + log);
    }

    /** They come into the catalogue when the application runs already. */
    private void awaitProducts() throws Exception {
        HttpRequest product = HttpRequest.newBuilder(URI.create(url + PRODUCT)).build();
        while (http.send(product, BodyHandlers.ofString()).statusCode() != 200) {
            Thread.sleep(20);
        }
    }

    /** Processor time that its process has used, in seconds. */
    double processorSeconds() {
        Duration used = process.info().totalCpuDuration().orElseThrow();
        return used.toNanos() / NANOS;
    }

    /** Requests a second of one customer who never pauses. */
    double requestsPerSecond(double seconds) throws Exception {
        HttpRequest product = HttpRequest.newBuilder(URI.create(url + PRODUCT)).build();
        long begin = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begin < seconds * NANOS) {
            expect(http.send(product, BodyHandlers.ofString()));
            count++;
        }
        return count / ((System.nanoTime() - begin) / NANOS);
    }

    /** How long the endpoint took to answer, in seconds. */
    double post(String operation) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/actuator/tracer/" + operation))
                        .POST(BodyPublishers.noBody())
                        .build();
        long begin = System.nanoTime();
        expect(http.send(request, BodyHandlers.ofString()));
        return (System.nanoTime() - begin) / NANOS;
    }

    private static void expect(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + ": " + answer.statusCode() + answer.body());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
    }
}
