package io.github.jtracer.sample.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;

/** Looks around, buys something, looks at what was bought; again and again. */
final class Customer {
    private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF"};
    private static final int ARTICLES = 60;
    private static final int BUNDLES = 6;

    private final HttpClient http;
    private final URI shop;
    private final String name;
    private final Random random;

    Customer(HttpClient http, URI shop, int number) {
        this.http = http;
        this.shop = shop;
        this.name = "customer-" + number;
        this.random = new Random(number);
    }

    LoadReport shopUntil(long endNanos) throws InterruptedException {
        LoadReport report = new LoadReport();
        while (System.nanoTime() < endNanos) {
            long start = System.nanoTime();
            if (send(nextRequest())) {
                report.served(System.nanoTime() - start);
            } else {
                report.failed();
                Thread.sleep(50);
            }
        }
        return report;
    }

    private boolean send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode() < 300;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest nextRequest() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> get("/products?words=garden&currency=" + currency());
            case 2, 3, 4 -> get("/products/A" + random.nextInt(ARTICLES));
            case 5, 6 -> get("/products/B3" + random.nextInt(BUNDLES) + "?currency=" + currency());
            case 7 -> get("/orders?customer=" + name);
            default -> order();
        };
    }

    private HttpRequest order() {
        String body =
                """
                {"customer": "%s", "currency": "%s", "lines": [
                  {"sku": "A%d", "quantity": %d}, {"sku": "B2%d", "quantity": 1}]}
                """
                        .formatted(
                                name,
                                currency(),
                                random.nextInt(ARTICLES),
                                1 + random.nextInt(40),
                                random.nextInt(BUNDLES));
        return request("/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest get(String path) {
        return request(path).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(shop.resolve(path)).timeout(Duration.ofSeconds(10));
    }

    private String currency() {
        return CURRENCIES[random.nextInt(CURRENCIES.length)];
    }
}
