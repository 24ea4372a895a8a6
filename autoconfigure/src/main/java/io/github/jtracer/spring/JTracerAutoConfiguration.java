package io.github.jtracer.spring;

import io.github.jtracer.JTracer;
import io.github.jtracer.Tracer;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.TransactionExecutionListener;

/** Auto-configuration that installs the tracer: its settings, its signal, and its slices. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "jtracer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(JTracerProperties.class)
public final class JTracerAutoConfiguration {
    /** Not lazy: the signal has to be there before anybody asks for this bean. */
    @Bean(destroyMethod = "close")
    @Lazy(false)
    @ConditionalOnMissingBean
    Tracer jtracer(JTracerProperties properties, BeanFactory beanFactory) {
        List<String> basePackages =
                AutoConfigurationPackages.has(beanFactory)
                        ? AutoConfigurationPackages.get(beanFactory)
                        : List.of();
        return JTracer.install(TracerSettingsFactory.create(properties, basePackages));
    }

    /** Every observation becomes a slice. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationHandler.class)
    static class ObservationConfiguration {
        @Bean
        @ConditionalOnMissingBean
        SliceObservationHandler jtracerObservationHandler(TraceIds traceIds) {
            return new SliceObservationHandler(traceIds);
        }

        @Bean
        @ConditionalOnMissingClass("io.micrometer.tracing.handler.TracingObservationHandler")
        TraceIds jtracerNoTraceIds() {
            return context -> null;
        }
    }

    /** Where tracing is on, slices know their trace. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ObservationHandler.class, TracingObservationHandler.class})
    static class TracingConfiguration {
        @Bean
        TraceIds jtracerTraceIds() {
            return new MicrometerTraceIds();
        }
    }

    /** Every transaction of a thread's becomes a slice. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionExecutionListener.class)
    static class TransactionConfiguration {
        @Bean
        @ConditionalOnMissingBean
        SliceTransactionListener jtracerTransactionListener() {
            return new SliceTransactionListener();
        }
    }
}
