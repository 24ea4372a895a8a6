package io.github.jtracer.spring;

import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names a download of a reactive application, so that {@code curl -OJ} and browsers keep the name.
 */
final class DownloadNameWebFilter implements WebFilter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final ObjectProvider<PathMappedEndpoints> endpoints;

    DownloadNameWebFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String name =
                nameAfter(root(), exchange.getRequest().getPath().pathWithinApplication().value());
        if (!name.isEmpty()) {
            ServerHttpResponse response = exchange.getResponse();
            response.beforeCommit(
                    () -> {
                        HttpStatusCode status = response.getStatusCode();
                        if (status == null || status.is2xxSuccessful()) {
                            response.getHeaders()
                                    .set(
                                            HttpHeaders.CONTENT_DISPOSITION,
                                            "attachment; filename=\"" + name + "\"");
                        }
                        return Mono.empty();
                    });
        }
        return chain.filter(exchange);
    }

    private String root() {
        PathMappedEndpoints mapped = endpoints.getIfAvailable();
        String path = mapped == null ? null : mapped.getPath(EndpointId.of("tracer"));
        return path == null ? "" : path + "/";
    }

    private static String nameAfter(String root, String path) {
        if (root.isEmpty() || !path.startsWith(root)) {
            return "";
        }
        String name = path.substring(root.length());
        return NAME.matcher(name).matches() && name.contains(".") ? name : "";
    }
}
