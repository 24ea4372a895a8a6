package io.github.jtracer.spring;

import io.github.jtracer.spring.app.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The test application on a real server, and how one talks to it with nothing but HTTP. */
final class RunningApplication implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private String portProperty = "local.server.port";

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApplication start(WebApplicationType type, Path directory, String... properties) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--spring.main.banner-mode=off");
        arguments.add("--jtracer.signal=none");
        arguments.add("--jtracer.directory=" + directory);
        for (String property : properties) {
            arguments.add("--" + property);
        }
        SpringApplication application = new SpringApplication(TestApplication.class);
        application.setWebApplicationType(type);
        return new RunningApplication(application.run(arguments.toArray(String[]::new)));
    }

    /** From here on talks to the port that the endpoints have, if they have one of their own. */
    RunningApplication manage() {
        portProperty = "local.management.port";
        return this;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    /** As {@code curl -X POST}: no body, no header. */
    HttpResponse<String> post(String path) throws Exception {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> postAs(String[] headers, String path) throws Exception {
        return send(request(path, headers).POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> postJson(String path, String body) throws Exception {
        return send(
                request(path, "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    HttpResponse<byte[]> download(String path, String... headers) throws Exception {
        return send(request(path, headers).GET(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return send(request, BodyHandlers.ofString());
    }

    /**
     * Over a connection of its own, as curl: one in some hundred requests on a connection that was
     * used before is never read by Netty here, with the tracer or without.
     */
    private static <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(Duration.ofSeconds(60)).build(), handler);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        String port = Objects.requireNonNull(context.getEnvironment().getProperty(portProperty));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        context.close();
    }
}
