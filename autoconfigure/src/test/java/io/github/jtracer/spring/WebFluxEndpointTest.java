package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint on Spring WebFlux. */
class WebFluxEndpointTest extends EndpointContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.REACTIVE;
    }

    @Test
    void partOfATraceCanBeDownloaded() throws Exception {
        application.post("/actuator/tracer/start");
        String name = read(application.post("/actuator/tracer/stop"), "$.name");
        HttpResponse<byte[]> part =
                application.download("/actuator/tracer/" + name, "Range", "bytes=2-5");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(4);
    }

    @Test
    void requestLeavesAMomentWithItsRouteAndStatus() throws Exception {
        application.get("/fibonacci/1");
        application.post("/actuator/tracer/start");
        application.get("/fibonacci/4");
        String name = read(application.post("/actuator/tracer/stop"), "$.name");
        String trace = unzip(application.download("/actuator/tracer/" + name).body());

        assertThat(trace).contains("\"http get /fibonacci/{n}\"", "\"status\":\"200\"");
    }
}
