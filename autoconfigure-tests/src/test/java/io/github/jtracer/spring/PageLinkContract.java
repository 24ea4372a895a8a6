package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

/** A page is where the link to it says, also where the endpoint is somewhere else than usual. */
abstract class PageLinkContract {
    @TempDir private Path directory;

    abstract WebApplicationType type();

    /** The property that puts the whole application below a path. */
    abstract String basePath();

    @Test
    void belowOtherPaths() throws Exception {
        assertPageIsWhereTheLinkSays(
                "/shop/manage/tracer",
                basePath() + "=/shop",
                "management.endpoints.web.base-path=/manage");
    }

    @Test
    void onAPortOfItsOwn() throws Exception {
        assertPageIsWhereTheLinkSays(
                "/admin/actuator/tracer",
                "management.server.port=0",
                "management.server.base-path=/admin");
    }

    private void assertPageIsWhereTheLinkSays(String tracer, String... properties)
            throws Exception {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "management.endpoints.web.exposure.include=tracer";
        try (RunningApplication application =
                RunningApplication.start(type(), directory, all).manage()) {
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
