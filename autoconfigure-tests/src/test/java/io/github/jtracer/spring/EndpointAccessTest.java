package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

/** The endpoint keeps to Boot's rules of exposure and access, and is over JMX too. */
class EndpointAccessTest {
    private static final String EXPOSED = "management.endpoints.web.exposure.include=tracer";

    @TempDir private Path directory;

    @Test
    void nothingIsExposedUnlessAsked() throws Exception {
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/tracer").statusCode()).isEqualTo(404);
            assertThat(application.post("/actuator/tracer/start").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void readOnlyAccessLetsNobodyStart() throws Exception {
        try (RunningApplication application =
                start(EXPOSED, "management.endpoint.tracer.access=read-only")) {
            assertThat(application.get("/actuator/tracer").statusCode()).isEqualTo(200);
            assertThat(application.post("/actuator/tracer/start").statusCode()).isBetween(404, 405);
            assertThat(application.delete("/actuator/tracer").statusCode()).isBetween(404, 405);
        }
    }

    @Test
    void noAccessIsNoEndpoint() throws Exception {
        try (RunningApplication application =
                start(EXPOSED, "management.endpoint.tracer.access=none")) {
            assertThat(application.get("/actuator/tracer").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void recordingCanBeStartedAndStoppedOverJmx() throws Exception {
        try (RunningApplication application =
                start(
                        "spring.jmx.enabled=true",
                        "management.endpoints.jmx.exposure.include=tracer")) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Tracer");
            String[] strings = new String[6];
            java.util.Arrays.fill(strings, String.class.getName());
            Map<?, ?> started =
                    (Map<?, ?>)
                            server.invoke(
                                    name,
                                    "start",
                                    new Object[] {"5", null, null, null, null, "jmx.json"},
                                    strings);
            Map<?, ?> stopped =
                    (Map<?, ?>) server.invoke(name, "stop", new Object[0], new String[0]);

            assertThat(started.get("id")).isEqualTo("jmx");
            assertThat(stopped.get("name")).isEqualTo("jmx.json");
            assertThat(directory.resolve("jmx.json")).exists();
        }
    }

    private RunningApplication start(String... properties) {
        return RunningApplication.start(WebApplicationType.SERVLET, directory, properties);
    }
}
