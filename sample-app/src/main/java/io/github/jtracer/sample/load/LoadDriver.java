package io.github.jtracer.sample.load;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends customers into the shop, for a limited time, and says how they were served.
 *
 * <p>{@code java -jar sample-app.jar --load=http://localhost:8080 --seconds=10 --threads=4}. The
 * shop must be on this machine.
 */
public final class LoadDriver {
    private LoadDriver() {}

    public static void main(String[] args) throws Exception {
        LoadOptions options;
        try {
            options = LoadOptions.parse(args);
            requireThisMachine(options.url());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(run(options).describe());
    }

    static LoadReport run(LoadOptions options) throws Exception {
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
        ExecutorService threads = Executors.newFixedThreadPool(options.threads());
        try {
            long start = System.nanoTime();
            long end = start + Duration.ofSeconds(options.seconds()).toNanos();
            List<Future<LoadReport>> customers = new ArrayList<>();
            for (int i = 0; i < options.threads(); i++) {
                Customer customer = new Customer(http, options.url(), i);
                customers.add(threads.submit(() -> customer.shopUntil(end)));
            }
            LoadReport all = new LoadReport();
            for (Future<LoadReport> customer : customers) {
                all.add(customer.get());
            }
            all.setNanos(System.nanoTime() - start);
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void requireThisMachine(URI url) throws Exception {
        if (url.getHost() == null || !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "--load must name this machine, such as http://localhost:8080, not " + url);
        }
    }
}
