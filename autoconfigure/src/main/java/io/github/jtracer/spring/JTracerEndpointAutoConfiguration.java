package io.github.jtracer.spring;

import io.github.jtracer.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Auto-configuration of the endpoint {@code tracer}, over HTTP and over JMX. */
@AutoConfiguration(after = JTracerAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Tracer.class)
@ConditionalOnAvailableEndpoint(TracerEndpoint.class)
public final class JTracerEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    TracerEndpoint tracerEndpoint(Tracer tracer) {
        return new TracerEndpoint(tracer);
    }

    @Bean
    @ConditionalOnMissingBean
    TracerEndpointJmxExtension tracerEndpointJmxExtension(Tracer tracer) {
        return new TracerEndpointJmxExtension(tracer);
    }

    @Bean
    @ConditionalOnMissingBean
    TracerEndpointWebExtension tracerEndpointWebExtension(
            Tracer tracer, ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
        return new TracerEndpointWebExtension(tracer, new PageLinks(endpoints, environment));
    }

    @Bean
    StartArgumentsAdvisor tracerStartArgumentsAdvisor(
            ObjectProvider<TracerEndpointWebExtension> extension) {
        return new StartArgumentsAdvisor(extension::getObject);
    }

    /** On WebFlux an operation cannot set a header; a filter can. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    static class ReactiveDownloadConfiguration {
        @Bean
        DownloadNameWebFilter tracerDownloadNameWebFilter(
                Tracer tracer,
                ObjectProvider<PathMappedEndpoints> endpoints,
                Environment environment) {
            return new DownloadNameWebFilter(tracer, new PageLinks(endpoints, environment));
        }
    }
}
