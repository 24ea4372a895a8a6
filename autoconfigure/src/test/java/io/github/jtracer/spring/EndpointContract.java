package io.github.jtracer.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.jtracer.spring.app.Fibonacci;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;

/** What the endpoint does over HTTP, on whatever server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndpointContract {
    private static final String TRACER = "/actuator/tracer";

    @TempDir static Path directory;
    RunningApplication application;

    abstract WebApplicationType type();

    @BeforeAll
    void start() {
        application =
                RunningApplication.start(
                        type(), directory, "management.endpoints.web.exposure.include=tracer");
        application.context().getBean(Fibonacci.class).of(1);
    }

    @AfterEach
    void stopWhatRuns() throws Exception {
        application.post(TRACER + "/stop");
    }

    @AfterAll
    void close() throws Exception {
        application.delete(TRACER);
        application.close();
    }

    @Test
    void startWithoutHeaderAndBodyAnswersWithTheRecording() throws Exception {
        HttpResponse<String> response = application.post(TRACER + "/start?seconds=5");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(read(response, "$.id")).startsWith("trace-");
        assertThat(read(response, "$.file")).startsWith(directory.toString());
        assertThat(read(response, "$.options")).contains("include=io.github.jtracer.spring.app.**");
        assertThat(read(response, "$.since")).isLessThan(read(response, "$.until"));
        assertThat(read(response, "$.startedBy")).isEqualTo("endpoint");
    }

    @Test
    void startTakesItsOptionsFromAJsonBodyToo() throws Exception {
        HttpResponse<String> response =
                application.postJson(
                        TRACER + "/start",
                        "{'seconds': 5, 'include': 'io.github.jtracer.spring.app.Fibonacci',"
                                + " 'file': 'mine.json', 'maxDepth': 3, 'minDuration': '1ns'}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(read(response, "$.id")).isEqualTo("mine");
        assertThat(read(response, "$.options"))
                .contains("include=io.github.jtracer.spring.app.Fibonacci,", "maxDepth=3");
    }

    @Test
    void finishedTraceHasTheCallsAndCanBeDownloaded() throws Exception {
        application.post(TRACER + "/start");
        application.context().getBean(Fibonacci.class).of(5);
        HttpResponse<String> stopped = application.post(TRACER + "/stop");
        String name = read(stopped, "$.name");
        HttpResponse<byte[]> download = application.download(TRACER + "/" + name);

        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(Files.readAllBytes(directory.resolve(name)));
        assertThat(download.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + name + "\"");
        assertThat(unzip(download.body())).contains("Fibonacci.of");
        assertThat(read(application.get(TRACER), "$.files[0].name")).isEqualTo(name);
    }

    @Test
    void statusTellsWhoRecordsAndWhatItCost() throws Exception {
        application.post(TRACER + "/start");
        HttpResponse<String> status = application.get(TRACER);

        assertThat(read(status, "$.state")).isEqualTo("recording");
        assertThat(read(status, "$.recording.startedBy")).isEqualTo("endpoint");
        assertThat(read(status, "$.recording.lost")).isEqualTo("0");
        assertThat(Integer.parseInt(read(status, "$.weaving.classes"))).isPositive();
        assertThat(read(status, "$.buffer.bytes")).isEqualTo("67108864");
    }

    @Test
    void secondStartIsAConflictAndSaysWhoRecords() throws Exception {
        application.post(TRACER + "/start");
        HttpResponse<String> second = application.post(TRACER + "/start");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(read(second, "$.message")).contains("started by endpoint at 2");
    }

    @Test
    void stopOfNothingIsAConflict() throws Exception {
        assertThat(application.post(TRACER + "/stop").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "/pause, pause, start and stop",
        "/start?secs=5, secs, seconds",
        "/start?seconds=soon, soon, a number of seconds",
        "/start?seconds=-1, -1, more than 0",
        "/start?seconds=0, 0, more than 0",
        "/start?seconds=61, 61, at most 60",
        "/start?maxDepth=-2, -2, a whole number",
        "/start?minDuration=soon, soon, a duration",
        "/start?include=%5B, [, is not a pattern",
        "/start?file=..%2Fout.json, ../out.json, a plain name",
        "/start?file=%2Ftmp%2Fout.json, /tmp/out.json, a plain name",
        "/start?file=out.txt, out.txt, .json"
    })
    void badValueIsNamedWithWhatIsAllowed(String path, String value, String allowed)
            throws Exception {
        HttpResponse<String> response = application.post(TRACER + path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(read(response, "$.message")).contains(value).contains(allowed);
    }

    @Test
    void nothingOutsideOfTheDirectoryCanBeDownloaded() throws Exception {
        Files.createSymbolicLink(directory.resolve("passwd.json"), Path.of("/etc/passwd"));

        assertThat(application.get(TRACER + "/passwd.json").statusCode()).isEqualTo(404);
        assertThat(application.get(TRACER + "/none.json").statusCode()).isEqualTo(404);
        assertThat(application.get(TRACER + "/..%2F..%2Fetc%2Fpasswd").statusCode())
                .isBetween(400, 404);
    }

    @Test
    void deleteSavesWhatRunsAndUninstallsAndALaterStartInstallsAgain() throws Exception {
        String file = read(application.post(TRACER + "/start"), "$.file");
        HttpResponse<String> deleted = application.delete(TRACER);

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(read(deleted, "$.saved.file")).isEqualTo(file);
        assertThat(Path.of(file)).exists();
        assertThat(read(application.get(TRACER), "$.agentLoaded")).isEqualTo("false");
        assertThat(application.delete(TRACER + "?force=perhaps").statusCode()).isEqualTo(400);
        assertThat(application.post(TRACER + "/start").statusCode()).isEqualTo(200);
    }

    static String read(HttpResponse<String> response, String path) {
        return String.valueOf(JsonPath.<Object>read(response.body(), path));
    }

    static String unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
