package io.github.jtracer.spring;

import org.springframework.boot.WebApplicationType;

/** Links to pages on Spring MVC. */
class MvcPageLinkTest extends PageLinkContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.SERVLET;
    }

    @Override
    String basePath() {
        return "server.servlet.context-path";
    }
}
