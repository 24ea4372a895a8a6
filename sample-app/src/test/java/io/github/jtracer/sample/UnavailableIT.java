package io.github.jtracer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar in a JVM that lets nobody attach: it runs, and says why it cannot be traced. */
class UnavailableIT {
    @TempDir private Path folder;

    @Test
    void applicationRunsWithOneWarningAndTheEndpointSaysWhy() throws Exception {
        try (Shop shop = Shop.open(folder, "-XX:+DisableAttachMechanism")) {
            HttpResponse<String> started = shop.start();

            assertThat(started.statusCode()).isEqualTo(503);
            assertThat(started.body()).contains("-XX:+DisableAttachMechanism", "-javaagent");
            assertThat(shop.status("$.state")).isEqualTo("unavailable");
            assertThat(shop.status("$.reason")).contains("-XX:+DisableAttachMechanism");
            assertThat(shop.get("/products/A1").statusCode()).isEqualTo(200);
            assertThat(shop.log())
                    .containsOnlyOnce("WARN")
                    .containsOnlyOnce("Tracing is unavailable: this JVM was started with");
        }
    }
}
