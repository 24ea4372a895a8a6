package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint on Spring MVC. */
class MvcEndpointTest extends EndpointContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.SERVLET;
    }

    @Test
    void partOfATraceCanBeDownloaded() throws Exception {
        application.post("/actuator/tracer/start");
        String name = read(application.post("/actuator/tracer/stop"), "$.name");
        HttpResponse<byte[]> part =
                application.download("/actuator/tracer/" + name, "Range", "bytes=2-5");

        assertThat(part.statusCode()).isEqualTo(206);
        byte[] whole = Files.readAllBytes(Path.of(directory.toString(), name));
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 2, 6));
    }

    @Test
    void requestIsASliceWithItsRouteAndStatusAroundTheCallsThatItCauses() throws Exception {
        application.get("/fibonacci/1");
        application.post("/actuator/tracer/start");
        application.get("/fibonacci/4");
        String name = read(application.post("/actuator/tracer/stop"), "$.name");
        String trace = unzip(application.download("/actuator/tracer/" + name).body());

        assertThat(trace).contains("\"http get /fibonacci/{n}\"");
        assertThat(trace).contains("\"status\":\"200\"", "\"uri\":\"/fibonacci/{n}\"");
    }
}
