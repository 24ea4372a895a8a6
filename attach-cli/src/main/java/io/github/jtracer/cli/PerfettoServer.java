package io.github.jtracer.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Hands one file to https://ui.perfetto.dev, which fetches it from this very address and no other.
 *
 * <p>Only this machine can connect, only that site's pages can read the answer, and only under the
 * address's own name: a page elsewhere whose name was made to mean 127.0.0.1 is refused.
 */
final class PerfettoServer implements AutoCloseable {
    private static final String UI = "https://ui.perfetto.dev";
    private static final int PORT = 9001;
    private static final String HOST = "127.0.0.1:" + PORT;
    private static final int SECONDS_TO_FINISH = 1;

    private final HttpServer server;
    private final Path file;
    private final String path;
    private final CountDownLatch fetched = new CountDownLatch(1);

    /**
     * Serves the file at once.
     *
     * @param name what it is to be called there
     * @throws Problem if something else listens on the port
     */
    PerfettoServer(Path file, String name) throws IOException {
        this.file = file;
        // Plain, so that nobody on the way reads it differently.
        this.path = "/" + name.replaceAll("[^A-Za-z0-9._-]", "-");
        try {
            byte[] loopback = {127, 0, 0, 1};
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getByAddress(loopback), PORT), 0);
        } catch (BindException e) {
            throw new Problem(
                    ExitCode.USAGE,
                    "Port " + PORT + " is taken, and " + UI + " fetches from no other.",
                    "End what listens there: `ss -ltnp sport = :" + PORT + "` names it.");
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** What to open in a browser. */
    String address() {
        return UI + "/#!/?url=http://" + HOST + path;
    }

    /** Returns when the whole file has been fetched. */
    void await() throws InterruptedException {
        fetched.await();
    }

    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", UI);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean get = exchange.getRequestMethod().equals("GET");
            if (!HOST.equals(exchange.getRequestHeaders().getFirst("Host"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!path.equals(exchange.getRequestURI().getRawPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!get && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, get);
            }
        }
    }

    private void send(HttpExchange exchange, boolean body) throws IOException {
        long size = Files.size(file);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        if (!body) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
        try (OutputStream out = exchange.getResponseBody()) {
            Files.copy(file, out);
        }
        fetched.countDown();
    }
}
