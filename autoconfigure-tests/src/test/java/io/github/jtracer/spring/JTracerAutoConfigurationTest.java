package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.JTracer;
import io.github.jtracer.Tracer;
import io.github.jtracer.TracerSettings;
import io.micrometer.observation.ObservationHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionExecutionListener;

/** When the tracer is installed, with which settings, and when it is left alone. */
class JTracerAutoConfigurationTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    JTracerAutoConfiguration.class,
                                    JTracerEndpointAutoConfiguration.class));
    private final ApplicationContextRunner quiet = runner.withPropertyValues("jtracer.signal=none");

    @Test
    void runShouldInstallTheTracerAndItsSignal() {
        runner.run(
                context ->
                        assertThat(context.getBean(Tracer.class).status().signal())
                                .isEqualTo("SIGUSR1"));
    }

    @Test
    void runWhenLazyShouldInstallTheSignalAllTheSame() {
        runner.withInitializer(
                        context ->
                                context.addBeanFactoryPostProcessor(
                                        new org.springframework.boot
                                                .LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(JTracer.status().signal()).isEqualTo("SIGUSR1"));
    }

    @Test
    void runWhenDisabledShouldNotInstall() {
        quiet.withPropertyValues("jtracer.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Tracer.class));
    }

    @Test
    void runWhenSignalIsRefusedShouldStartAndSayWhy() {
        try (LoggedMessages logged = LoggedMessages.of(JTracer.class)) {
            runner.withPropertyValues("jtracer.signal=SIGUSR2")
                    .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Tracer.class));
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .contains("SIGUSR2 cannot be used");
        }
    }

    @Test
    void runWhenApplicationHasATracerShouldBackOff() {
        quiet.withUserConfiguration(OwnTracer.class)
                .run(context -> assertThat(context).getBeanNames(Tracer.class).containsOnly("own"));
    }

    @Test
    void runWithoutActuatorShouldInstallAllTheSame() {
        quiet.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(
                        context ->
                                assertThat(context)
                                        .hasNotFailed()
                                        .hasSingleBean(Tracer.class)
                                        .doesNotHaveBean("tracerEndpoint"));
    }

    @Test
    void runWithoutObservationsAndTransactionsShouldInstallAllTheSame() {
        quiet.withClassLoader(
                        new FilteredClassLoader(
                                ObservationHandler.class, TransactionExecutionListener.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Tracer.class));
    }

    @Test
    void runWhenEndpointIsNotExposedShouldNotMakeIt() {
        quiet.run(context -> assertThat(context).doesNotHaveBean(TracerEndpoint.class));
    }

    @Test
    void runWhenEndpointIsExposedShouldMakeIt() {
        quiet.withPropertyValues("management.endpoints.web.exposure.include=tracer")
                .run(context -> assertThat(context).hasSingleBean(TracerEndpoint.class));
    }

    @Test
    void includeIsTheBasePackagesAndWhateverIsConfigured() {
        quiet.withUserConfiguration(Application.class)
                .withPropertyValues("jtracer.include=com.acme.**")
                .run(
                        context ->
                                assertThat(settings(context.getBean(Tracer.class)).include())
                                        .startsWith("io.github.jtracer.spring.**")
                                        .endsWith("com.acme.**"));
    }

    @Test
    void proxiesAreLeftOutUnlessAskedFor() {
        quiet.run(
                context ->
                        assertThat(settings(context.getBean(Tracer.class)).exclude())
                                .contains("**$$SpringCGLIB$$**"));
        quiet.withPropertyValues("jtracer.include-proxies=true")
                .run(
                        context ->
                                assertThat(settings(context.getBean(Tracer.class)).exclude())
                                        .isEmpty());
    }

    @Test
    void propertiesBecomeSettings() {
        quiet.withPropertyValues(
                        "jtracer.directory=/var/traces",
                        "jtracer.min-duration=10",
                        "jtracer.max-depth=7",
                        "jtracer.buffer=1GB",
                        "jtracer.time-limit=5",
                        "jtracer.keep-files=3")
                .run(
                        context -> {
                            TracerSettings settings = settings(context.getBean(Tracer.class));
                            assertThat(settings.directory()).isEqualTo(Path.of("/var/traces"));
                            assertThat(settings.minDuration()).isEqualTo(Duration.ofNanos(10_000));
                            assertThat(settings.maxDepth()).isEqualTo(7);
                            assertThat(settings.bufferBytes()).isEqualTo(1L << 30);
                            assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(5));
                            assertThat(settings.keepFiles()).isEqualTo(3);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jtracer.max-depth=-1",
                "jtracer.keep-files=-1",
                "jtracer.min-duration=-1us",
                "jtracer.time-limit=-1s",
                "jtracer.buffer=1KB",
                "jtracer.buffer=100TB",
                "jtracer.include=com..[",
                "jtracer.exclude=com.acme.[",
            })
    void whenAValueIsWrongShouldFailAsBootDoes(String property) {
        quiet.withPropertyValues(property)
                .run(
                        context ->
                                assertThat(context)
                                        .hasFailed()
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(
                                                InvalidConfigurationPropertyValueException.class)
                                        .hasMessageContaining(property.split("=")[0]));
    }

    @Test
    void whenALaterContextClosesTheEarlierOneHasTheSignalAgain() {
        runner.run(
                earlier -> {
                    Tracer first = earlier.getBean(Tracer.class);
                    runner.run(
                            later -> {
                                assertThat(later.getBean(Tracer.class).status().signal())
                                        .isEqualTo("SIGUSR1");
                                assertThat(first.status().signal()).isEqualTo("none");
                            });
                    assertThat(first.status().signal()).isEqualTo("SIGUSR1");
                    assertThat(JTracer.status().directory()).isEqualTo(first.status().directory());
                });
    }

    @Test
    void restartGivesTheSignalBackAndTakesItAgain() {
        for (int i = 0; i < 3; i++) {
            runner.run(
                    context ->
                            assertThat(context.getBean(Tracer.class).status().signal())
                                    .isEqualTo("SIGUSR1"));
        }
    }

    @Test
    void closingAnEarlierContextLeavesTheSignalToTheLaterOne() {
        runner.run(
                earlier ->
                        runner.run(
                                later -> {
                                    earlier.close();
                                    assertThat(later.getBean(Tracer.class).status().signal())
                                            .isEqualTo("SIGUSR1");
                                }));
    }

    private static TracerSettings settings(Tracer tracer) {
        return tracer.settings();
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class OwnTracer {
        @Bean
        Tracer own() {
            return JTracer.install(
                    TracerSettings.builder().signal("none").include(List.of("a.**")).build());
        }
    }
}
