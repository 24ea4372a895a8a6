package io.github.jtracer.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A {@link Shop} that sells over HTTP, and tells how much memory it needs. */
public final class LoadedShop {
    private static final int THREADS = 8;

    private LoadedShop() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", LoadedShop::sell);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        System.out.println("open");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(
                    switch (line) {
                        case "port" -> server.getAddress().getPort();
                        case "heap" -> heap();
                        case "metaspace" -> metaspace();
                        case "threads" -> ManagementFactory.getThreadMXBean().getThreadCount();
                        default -> throw new IllegalArgumentException(line);
                    });
        }
        System.exit(0);
    }

    private static void sell(HttpExchange exchange) throws IOException {
        // With a lambda in it: the JVM links these anew each time a class is woven.
        IntUnaryOperator price = items -> Shop.sell(items) * 2;
        byte[] answer = String.valueOf(price.applyAsInt(5)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Used after a collection, in bytes. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }
}
