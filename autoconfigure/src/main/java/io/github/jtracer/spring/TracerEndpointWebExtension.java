package io.github.jtracer.spring;

import io.github.jtracer.RecordingInfo;
import io.github.jtracer.TraceNotSavedException;
import io.github.jtracer.Tracer;
import io.github.jtracer.TracerStateException;
import io.github.jtracer.TracerUnavailableException;
import io.github.jtracer.trace.TraceFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.core.io.Resource;
import org.springframework.lang.Nullable;
import org.springframework.util.MimeTypeUtils;

/** {@link EndpointWebExtension @EndpointWebExtension} for the {@link TracerEndpoint}. */
@EndpointWebExtension(endpoint = TracerEndpoint.class)
public class TracerEndpointWebExtension {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    /** What is recorded is kept as it is, so that it can be had in every format. */
    static final String RAW = TraceFormat.RAW.suffix().substring(1);

    private final Tracer tracer;
    private final PageLinks links;

    TracerEndpointWebExtension(Tracer tracer, PageLinks links) {
        this.tracer = tracer;
        this.links = links;
    }

    /** {@code GET /actuator/tracer}: what the tracer is doing, and the traces that there are. */
    @ReadOperation
    public TracerDescriptor status() {
        return TracerDescriptor.of(tracer.status(), links);
    }

    /**
     * {@code POST /actuator/tracer/start} and {@code /stop}.
     *
     * <p>Has no parameters but this one: with others the mapping would demand a JSON body, and
     * {@code POST …/start?seconds=5} be answered with 415. What else was sent comes through {@link
     * StartArgumentsAdvisor}.
     */
    @WriteOperation
    public WebEndpointResponse<Object> command(@Selector String command) {
        return command(Map.of("command", command));
    }

    WebEndpointResponse<Object> command(Map<String, ?> sent) {
        Map<String, Object> arguments = new LinkedHashMap<>(sent);
        String command = String.valueOf(arguments.remove("command"));
        return answer(
                () ->
                        switch (command) {
                            case "start" -> start(arguments);
                            case "stop" -> SavedTraceDescriptor.of(tracer.stop(), links);
                            default ->
                                    throw new IllegalArgumentException(
                                            "unknown command '"
                                                    + command
                                                    + "'; known are start and stop");
                        });
    }

    private RecordingInfo start(Map<String, Object> arguments) {
        if (ServletExchange.JERSEY) {
            arguments.putAll(JerseyBody.read());
        }
        // kept as it is recorded, so that it can be had in every format
        return tracer.start(StartArguments.parse(arguments).format(RAW).build());
    }

    /** {@code DELETE /actuator/tracer}. */
    @DeleteOperation
    public WebEndpointResponse<Object> uninstall(@Nullable String force) {
        return answer(
                () -> {
                    if (force != null && !force.equals("true") && !force.equals("false")) {
                        throw new IllegalArgumentException(
                                "force is '" + force + "', but must be true or false");
                    }
                    return new Uninstalled(
                            tracer.uninstall(Boolean.parseBoolean(force)).orElse(null));
                });
    }

    /**
     * {@code GET /actuator/tracer/{file}}: a finished trace, as it was saved or in another format.
     */
    @ReadOperation(producesFrom = DownloadFormat.class)
    public WebEndpointResponse<Object> download(@Selector String file, DownloadFormat accepted) {
        Optional<TraceDownload> found = TraceDownload.find(tracer, file, accepted);
        if (found.isEmpty()) {
            return problem(NOT_FOUND, "Not Found", notFound(file));
        }
        TraceDownload download = found.get();
        try {
            Resource resource = download.resource();
            Optional<ServletExchange> exchange = ServletExchange.current();
            exchange.ifPresent(
                    servlet ->
                            servlet.header("Content-Disposition", download.contentDisposition()));
            return ServletExchange.JERSEY && download.isStored() && exchange.isPresent()
                    ? JerseyRange.answer(exchange.get(), resource, download.contentType())
                    : new WebEndpointResponse<>(
                            resource, WebEndpointResponse.STATUS_OK, download.contentType());
        } catch (IOException e) {
            return problem(
                    FAILED, "Internal Server Error", download.stored() + ": " + e.getMessage());
        }
    }

    private String notFound(String file) {
        List<String> others = TraceDownload.alternatives(tracer, file);
        return others.isEmpty()
                ? "there is no trace '" + file + "'; GET the endpoint itself lists those there are"
                : "there is no '"
                        + file
                        + "', only "
                        + String.join(", ", others)
                        + "; only of a .jtr other formats are made here";
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> action) {
        try {
            return new WebEndpointResponse<>(action.get());
        } catch (IllegalArgumentException e) {
            return problem(BAD_REQUEST, "Bad Request", e.getMessage());
        } catch (TracerStateException e) {
            return problem(CONFLICT, "Conflict", e.getMessage());
        } catch (TracerUnavailableException e) {
            return problem(UNAVAILABLE, "Service Unavailable", e.getMessage());
        } catch (TraceNotSavedException | IllegalStateException e) {
            return problem(FAILED, "Internal Server Error", e.getMessage());
        }
    }

    private static WebEndpointResponse<Object> problem(
            int status, String error, @Nullable String message) {
        return new WebEndpointResponse<>(
                new Problem(status, error, String.valueOf(message)),
                status,
                MimeTypeUtils.APPLICATION_JSON);
    }
}
