package io.github.jtracer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The shop as its customers see it, over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShopTests {
    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @Test
    void bundleIsPricedByItsPartsAllTheWayDown() throws Exception {
        HttpResponse<String> response = get("/products/B30?currency=EUR");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).containsPattern("\"price\":11\\d\\d\\.\\d\\d");
    }

    @Test
    void orderIsTakenAndListed() throws Exception {
        HttpResponse<String> placed =
                post("{'customer':'eve','currency':'USD','lines':[{'sku':'A1','quantity':3}]}");

        assertThat(placed.statusCode()).isEqualTo(201);
        assertThat(get("/orders?customer=eve").body()).contains("\"customer\":\"eve\"");
    }

    @Test
    void orderOfNothingIsRefused() throws Exception {
        assertThat(post("{'customer':'eve','currency':'USD','lines':[]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void unknownProductIsNotFound() throws Exception {
        assertThat(get("/products/A999").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request =
                request("/orders")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
