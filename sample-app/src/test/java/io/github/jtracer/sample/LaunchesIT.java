package io.github.jtracer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However an application is started, its tracer works; also on what has never run before. */
class LaunchesIT {
    @TempDir private Path folder;

    private interface Launch {
        List<String> of(Path folder) throws Exception;
    }

    static Stream<Arguments> launches() {
        return Stream.of(
                Arguments.of("extracted", (Launch) Launches::extracted),
                Arguments.of("exploded", (Launch) Launches::exploded),
                Arguments.of("class path", (Launch) Launches::classPath));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("launches")
    void firstRequestOfAllIsServedAndTraced(String name, Launch launch) throws Exception {
        try (Shop shop = Shop.open(folder, List.of(), launch.of(folder))) {
            assertThat(shop.loadedClasses(line -> line.startsWith("java.lang.JTracer"))).isEmpty();
            assertThat(shop.start().statusCode()).isEqualTo(200);
            assertThat(shop.get("/products/B30").statusCode()).isEqualTo(200);
            String page = JsonPath.read(shop.stop().body(), "$.page");
            String trace = shop.get(page.replace(".html", ".json")).body();

            assertThat(trace).contains("PriceCalculator.priceOf", "http get /products/{sku}");
            assertThat(shop.get("/orders?customer=eve").statusCode()).isEqualTo(200);
            // The JVM itself has a warning for an agent (JEP 451); this is about the log.
            assertThat(shop.log()).doesNotContain(" WARN ", " ERROR ");
        }
    }
}
