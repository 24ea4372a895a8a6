package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

/** With Spring Security on the class path. */
class SecurityTest {
    @TempDir private Path directory;

    @Test
    void nobodyGetsInWithoutAPassword() throws Exception {
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/tracer").statusCode()).isEqualTo(401);
            assertThat(application.post("/actuator/tracer/start").statusCode()).isBetween(401, 403);
        }
    }

    @Test
    void passwordIsEnoughToLookAndNotToStartUntilTheReadmesChainIsThere() throws Exception {
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/tracer", authorization()).statusCode())
                    .isEqualTo(200);
            assertThat(post(application)).isIn(401, 403);
        }
        try (RunningApplication application = start("test.readme-chain=true")) {
            assertThat(post(application)).isEqualTo(200);
            assertThat(application.post("/actuator/tracer/start").statusCode()).isEqualTo(401);
        }
    }

    private static int post(RunningApplication application) throws Exception {
        return application.postAs(authorization(), "/actuator/tracer/start").statusCode();
    }

    private static String[] authorization() {
        String credentials = java.util.Base64.getEncoder().encodeToString("user:secret".getBytes());
        return new String[] {"Authorization", "Basic " + credentials};
    }

    private RunningApplication start(String... more) {
        String[] properties = java.util.Arrays.copyOf(more, more.length + 3);
        properties[more.length] = "management.endpoints.web.exposure.include=tracer";
        properties[more.length + 1] = "spring.security.user.name=user";
        properties[more.length + 2] = "spring.security.user.password=secret";
        return RunningApplication.start(WebApplicationType.SERVLET, directory, properties);
    }
}
