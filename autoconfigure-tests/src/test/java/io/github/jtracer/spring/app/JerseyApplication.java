package io.github.jtracer.spring.app;

import org.glassfish.jersey.server.ResourceConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the application one of Jersey's, where Jersey is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.glassfish.jersey.server.ResourceConfig")
class JerseyApplication {
    @Bean
    ResourceConfig jersey() {
        return new ResourceConfig();
    }
}
