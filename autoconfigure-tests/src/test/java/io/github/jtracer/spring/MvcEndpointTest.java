package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint on Spring MVC. */
class MvcEndpointTest extends EndpointContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.SERVLET;
    }

    @Test
    void requestIsASliceWithItsRouteAndStatusAroundTheCallsThatItCauses() throws Exception {
        application.get("/fibonacci/1");
        application.post("/actuator/tracer/start");
        application.get("/fibonacci/4");
        application.post("/actuator/tracer/stop");
        String trace = latest();

        assertThat(trace).contains("\"http get /fibonacci/{n}\"");
        assertThat(trace).contains("\"status\":\"200\"", "\"uri\":\"/fibonacci/{n}\"");
        assertThat(trace).doesNotContain("\"lane\":true");
    }

    @Test
    void requestThatEndsOnAnotherThreadIsAnAsynchronousSliceAsAWhole() throws Exception {
        application.get("/later/1");
        application.post("/actuator/tracer/start");
        application.get("/later/4");
        application.post("/actuator/tracer/stop");

        assertThat(asynchronous("http get /later/{n}"))
                .singleElement()
                .satisfies(
                        slice -> {
                            assertThat(slice.micros()).isGreaterThan(20_000);
                            assertThat(slice.args()).containsEntry("status", "200");
                        });
    }
}
