package io.github.jtracer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.jtracer.restarted.RestartedApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that DevTools restarts has one tracer all the time, and leaves nothing behind. */
class DevToolsIT {
    private static final String TRIGGER = ".reload";

    @TempDir private Path folder;

    @Test
    void restartNeitherInstallsTwiceNorLeaks() throws Exception {
        // as if memory were short: softly held is not leaked
        List<String> options = List.of("-XX:SoftRefLRUPolicyMSPerMB=0");
        List<String> what = new ArrayList<>();
        what.addAll(Launches.withDevTools(folder, RestartedApplication.class));
        what.add("--management.endpoints.web.exposure.include=tracer");
        what.add("--spring.devtools.restart.trigger-file=" + TRIGGER);
        what.add("--spring.devtools.restart.poll-interval=200ms");
        what.add("--spring.devtools.restart.quiet-period=100ms");
        what.add("--spring.devtools.livereload.enabled=false");
        try (Shop shop = Shop.open(folder, options, what)) {
            shop.start();
            assertThat(shop.get("/fibonacci?n=7").body()).isEqualTo("13");
            assertThat(shop.stop().statusCode()).isEqualTo(200);
            restart(shop);
            assertThat(shop.status("$.signal")).isEqualTo("SIGUSR1");

            // and once while a recording runs, which goes on
            shop.start();
            restart(shop);
            assertThat(shop.status("$.state")).isEqualTo("recording");
            assertThat(shop.get("/fibonacci?n=7").body()).isEqualTo("13");
            String page = JsonPath.read(shop.stop().body(), "$.page");
            assertThat(shop.get(page.replace(".html", ".json")).body())
                    .contains("RestartedApplication.of");

            shop.signal();
            shop.awaitState("recording");
            shop.signal();
            shop.awaitState("installed");
            assertThat(shop.log())
                    .containsOnlyOnce("Started tracing into")
                    .containsOnlyOnce("Stopped tracing, saved");

            restart(shop);
            assertThat(loaded(shop, "java.lang.JTracerProbe")).isOne();
            assertThat(loaded(shop, "io.github.jtracer.core.Core")).isOne();
            assertThat(loaded(shop, "io.github.jtracer.JTracer")).isOne();
            // a histogram counts what is alive after a collection
            String alive = shop.jcmd("GC.class_histogram");
            assertThat(instances(alive, "devtools.restart.classloader.RestartClassLoader"))
                    .as("alive of four; DevTools itself keeps the one before")
                    .isLessThanOrEqualTo(2);
            assertThat(instances(alive, "io.github.jtracer.Tracer")).isOne();
            assertThat(instances(alive, "io.github.jtracer.ToggleSignal")).isOne();
        }
    }

    /** DevTools restarts when a class has changed and the trigger has. */
    private void restart(Shop shop) throws Exception {
        Path classes = folder.resolve("classes");
        String changed = RestartedApplication.class.getName().replace('.', '/') + ".class";
        Files.setLastModifiedTime(classes.resolve(changed), FileTime.from(Instant.now()));
        Files.writeString(classes.resolve(TRIGGER), Instant.now().toString());
        shop.awaitStart();
    }

    private static int loaded(Shop shop, String className) throws Exception {
        return shop.loadedClasses(line -> line.startsWith(className + " ")).size();
    }

    /** Lines of the histogram: number, instances, bytes, class. */
    private static int instances(String histogram, String className) {
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].endsWith(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }
}
