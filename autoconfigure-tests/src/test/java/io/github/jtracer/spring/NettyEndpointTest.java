package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

/** The endpoint on WebFlux's own server, in an application without the servlet API. */
class NettyEndpointTest extends WebFluxEndpointTest {
    @Test
    void thereAreNoServlets() {
        assertThat(ClassUtils.isPresent("jakarta.servlet.Servlet", null)).isFalse();
    }
}
