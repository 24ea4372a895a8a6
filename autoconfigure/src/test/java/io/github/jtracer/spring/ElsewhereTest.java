package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;

/** The endpoint at another path, and on a port of its own. */
class ElsewhereTest {
    @TempDir private Path directory;

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(
                        WebApplicationType.SERVLET,
                        "/shop/manage/tracer",
                        new String[] {
                            "server.servlet.context-path=/shop",
                            "management.endpoints.web.base-path=/manage"
                        }),
                Arguments.of(
                        WebApplicationType.REACTIVE,
                        "/shop/manage/tracer",
                        new String[] {
                            "spring.webflux.base-path=/shop",
                            "management.endpoints.web.base-path=/manage"
                        }),
                Arguments.of(
                        WebApplicationType.SERVLET,
                        "/admin/actuator/tracer",
                        new String[] {
                            "management.server.port=0", "management.server.base-path=/admin"
                        }),
                Arguments.of(
                        WebApplicationType.REACTIVE,
                        "/admin/actuator/tracer",
                        new String[] {
                            "management.server.port=0", "management.server.base-path=/admin"
                        }));
    }

    @ParameterizedTest
    @MethodSource("places")
    void pageIsWhereTheLinkSays(WebApplicationType type, String tracer, String[] properties)
            throws Exception {
        String[] all = java.util.Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "management.endpoints.web.exposure.include=tracer";
        try (RunningApplication application =
                RunningApplication.start(type, directory, all).manage()) {
            application.post(tracer + "/start");
            HttpResponse<String> stopped = application.post(tracer + "/stop");
            String page = JsonPath.read(stopped.body(), "$.page");
            HttpResponse<String> shown = application.get(page);

            assertThat(page).startsWith(tracer + "/trace-").endsWith(".html");
            assertThat(shown.body()).startsWithIgnoringCase("<!doctype html>");
            assertThat(shown.headers().firstValue("Content-Disposition"))
                    .contains("inline; filename=\"" + page.substring(tracer.length() + 1) + "\"");
        }
    }
}
