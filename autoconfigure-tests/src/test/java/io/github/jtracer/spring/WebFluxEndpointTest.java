package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint on Spring WebFlux. */
class WebFluxEndpointTest extends EndpointContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.REACTIVE;
    }

    @Test
    void requestIsAnAsynchronousSliceWithItsRouteAndStatus() throws Exception {
        application.get("/later/1");
        application.post("/actuator/tracer/start");
        application.get("/later/4");
        application.post("/actuator/tracer/stop");

        assertThat(asynchronous("http get /later/{n}"))
                .singleElement()
                .satisfies(
                        slice -> {
                            assertThat(slice.micros()).isGreaterThan(20_000);
                            assertThat(slice.args())
                                    .containsEntry("status", "200")
                                    .containsEntry("uri", "/later/{n}");
                        });
    }
}
