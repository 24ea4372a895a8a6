package io.github.jtracer.spring;

import org.springframework.boot.WebApplicationType;

/** The endpoint on Jersey; runs without Spring MVC on the class path. */
class JerseyEndpointTest extends EndpointContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.SERVLET;
    }
}
