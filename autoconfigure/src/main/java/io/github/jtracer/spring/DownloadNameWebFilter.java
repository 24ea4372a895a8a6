package io.github.jtracer.spring;

import io.github.jtracer.Tracer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names a download of a reactive application, so that {@code curl -OJ} and browsers keep the name.
 */
final class DownloadNameWebFilter implements WebFilter {
    private final Tracer tracer;
    private final PageLinks links;

    DownloadNameWebFilter(Tracer tracer, PageLinks links) {
        this.tracer = tracer;
        this.links = links;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String root = links.root() + "/";
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!path.startsWith(root)) {
            return chain.filter(exchange);
        }
        String asked = path.substring(root.length());
        ServerHttpResponse response = exchange.getResponse();
        response.beforeCommit(
                () -> {
                    name(response, asked);
                    return Mono.empty();
                });
        return chain.filter(tracer.file(asked).isPresent() ? exchange : whole(exchange));
    }

    /** Of what is made while it is sent no part can be had; WebFlux would answer with 416. */
    private static ServerWebExchange whole(ServerWebExchange exchange) {
        // Without values it is as if it were not there. HttpHeaders.remove would be another method
        // in Spring 7 than the one that is compiled in with Spring 6.
        return exchange.mutate().request(request -> request.header(HttpHeaders.RANGE)).build();
    }

    private void name(ServerHttpResponse response, String asked) {
        HttpStatusCode status = response.getStatusCode();
        if (status != null && !status.is2xxSuccessful()) {
            return;
        }
        TraceDownload.find(tracer, asked, accepted(response.getHeaders().getContentType()))
                .ifPresent(
                        download ->
                                response.getHeaders()
                                        .set(
                                                HttpHeaders.CONTENT_DISPOSITION,
                                                download.contentDisposition()));
    }

    /** What the client has accepted, by what it is given. */
    private static DownloadFormat accepted(MediaType given) {
        for (DownloadFormat format : DownloadFormat.values()) {
            if (given != null && given.isCompatibleWith(format.getProducedMimeType())) {
                return format;
            }
        }
        return DownloadFormat.STORED;
    }
}
