package io.github.jtracer.spring;

import io.github.jtracer.RecordingInfo;
import io.github.jtracer.TraceNotSavedException;
import io.github.jtracer.Tracer;
import io.github.jtracer.TracerStateException;
import io.github.jtracer.TracerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.lang.Nullable;
import org.springframework.util.ClassUtils;

/** {@link EndpointWebExtension @EndpointWebExtension} for the {@link TracerEndpoint}. */
@EndpointWebExtension(endpoint = TracerEndpoint.class)
public class TracerEndpointWebExtension {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final boolean SERVLET =
            ClassUtils.isPresent(
                            "jakarta.servlet.http.HttpServletResponse",
                            TracerEndpointWebExtension.class.getClassLoader())
                    && ClassUtils.isPresent(
                            "org.springframework.web.context.request.ServletRequestAttributes",
                            TracerEndpointWebExtension.class.getClassLoader());

    /** Boot's own rule: Jersey has the endpoints where there is no Spring MVC. */
    private static final boolean JERSEY =
            SERVLET
                    && !ClassUtils.isPresent(
                            "org.springframework.web.servlet.DispatcherServlet",
                            TracerEndpointWebExtension.class.getClassLoader());

    private final Tracer tracer;

    public TracerEndpointWebExtension(Tracer tracer) {
        this.tracer = tracer;
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
                            case "stop" -> tracer.stop();
                            default ->
                                    throw new IllegalArgumentException(
                                            "unknown command '"
                                                    + command
                                                    + "'; known are start and stop");
                        });
    }

    private RecordingInfo start(Map<String, Object> arguments) {
        if (JERSEY) {
            arguments.putAll(JerseyBody.read());
        }
        return tracer.start(StartArguments.parse(arguments));
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

    /** {@code GET /actuator/tracer/{file}}: a finished trace. */
    @ReadOperation
    public WebEndpointResponse<Resource> download(@Selector String file) {
        Optional<Path> found = tracer.file(file);
        if (found.isEmpty()) {
            byte[] none = "there is no such trace\n".getBytes(StandardCharsets.UTF_8);
            return new WebEndpointResponse<>(new ByteArrayResource(none), NOT_FOUND);
        }
        if (SERVLET) {
            ServletDownload.name(file);
        }
        return new WebEndpointResponse<>(new FileSystemResource(found.get()));
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> action) {
        try {
            return new WebEndpointResponse<>(action.get());
        } catch (IllegalArgumentException e) {
            return problem(BAD_REQUEST, "Bad Request", e);
        } catch (TracerStateException e) {
            return problem(CONFLICT, "Conflict", e);
        } catch (TracerUnavailableException e) {
            return problem(UNAVAILABLE, "Service Unavailable", e);
        } catch (TraceNotSavedException | IllegalStateException e) {
            return problem(FAILED, "Internal Server Error", e);
        }
    }

    private static WebEndpointResponse<Object> problem(int status, String error, Exception e) {
        return new WebEndpointResponse<>(
                new Problem(status, error, String.valueOf(e.getMessage())), status);
    }
}
