package io.github.jtracer.spring;

import io.github.jtracer.trace.TraceFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;

/**
 * Paths of the pages that show finished traces, as a client of the endpoint has to ask for them.
 */
final class PageLinks {
    private final ObjectProvider<PathMappedEndpoints> endpoints;
    private final Environment environment;

    PageLinks(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
        this.endpoints = endpoints;
        this.environment = environment;
    }

    /** Null if no page can be made of that file. */
    @Nullable String to(String name) {
        boolean page = TraceFormat.of(name).filter(TraceFormat.HTML::equals).isPresent();
        return page || TraceDownload.convertible(name)
                ? prefix() + root() + "/" + TraceDownload.base(name) + TraceFormat.HTML.suffix()
                : null;
    }

    /** The endpoint's path within the application, without a slash at its end. */
    String root() {
        PathMappedEndpoints mapped = endpoints.getIfAvailable();
        String path = mapped == null ? null : mapped.getPath(EndpointId.of("tracer"));
        return path == null ? "/actuator/tracer" : path;
    }

    /** What stands before it: of the current request, or, on WebFlux, as it is configured. */
    private String prefix() {
        return ServletExchange.current()
                .map(exchange -> exchange.request().getRequestURI())
                .map(path -> path.substring(0, Math.max(0, path.lastIndexOf(root()))))
                .orElseGet(
                        () ->
                                environment.getProperty(
                                        ManagementPortType.get(environment)
                                                        == ManagementPortType.DIFFERENT
                                                ? "management.server.base-path"
                                                : "spring.webflux.base-path",
                                        ""));
    }
}
