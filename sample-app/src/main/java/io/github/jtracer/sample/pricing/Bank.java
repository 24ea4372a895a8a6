package io.github.jtracer.sample.pricing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Somebody else's web service, as far away and as slow as those are. */
@Component
class Bank {
    private static final long LATENCY_MILLIS = 120;
    private static final byte[] RATES =
            "EUR=1\nUSD=1.0871\nGBP=0.8412\nCHF=0.9345".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    Bank() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/rates", Bank::answer);
        server.start();
    }

    String ratesUrl() {
        // by address: where localhost is ::1 first, nobody would answer there
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rates";
    }

    @PreDestroy
    void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Thread.sleep(LATENCY_MILLIS);
            exchange.sendResponseHeaders(200, RATES.length);
            exchange.getResponseBody().write(RATES);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
