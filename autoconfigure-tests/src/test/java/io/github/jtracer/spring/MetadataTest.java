package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an editor knows of the properties. */
class MetadataTest {
    @Test
    void everyPropertyHasADescription() throws IOException {
        try (InputStream metadata =
                getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<String> described =
                    JsonPath.read(
                            metadata,
                            "$.properties[?(@.description && @.sourceType =~ /.*JTracerProperties/)]"
                                    + ".name");
            assertThat(described)
                    .containsExactlyInAnyOrder(
                            "jtracer.enabled",
                            "jtracer.signal",
                            "jtracer.directory",
                            "jtracer.include",
                            "jtracer.exclude",
                            "jtracer.include-proxies",
                            "jtracer.min-duration",
                            "jtracer.max-depth",
                            "jtracer.buffer",
                            "jtracer.time-limit",
                            "jtracer.keep-files");
        }
    }
}
