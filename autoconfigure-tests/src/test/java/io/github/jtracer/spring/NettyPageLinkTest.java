package io.github.jtracer.spring;

import org.springframework.boot.WebApplicationType;

/** Links to pages on WebFlux; with Tomcat beside Netty, Boot 4.1 opens no second port at all. */
class NettyPageLinkTest extends PageLinkContract {
    @Override
    WebApplicationType type() {
        return WebApplicationType.REACTIVE;
    }

    @Override
    String basePath() {
        return "spring.webflux.base-path";
    }
}
