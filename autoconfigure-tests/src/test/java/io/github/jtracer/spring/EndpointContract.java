package io.github.jtracer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.github.jtracer.spring.app.Fibonacci;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    void finishedTraceCanBeDownloadedAsItWasSaved() throws Exception {
        String name = trace("");
        HttpResponse<byte[]> download = application.download(TRACER + "/" + name);

        assertThat(name).startsWith("trace-").endsWith(".jtr");
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(Files.readAllBytes(directory.resolve(name)));
        assertThat(disposition(download)).isEqualTo("attachment; filename=\"" + name + "\"");
        assertThat(read(application.get(TRACER), "$.files[0].name")).isEqualTo(name);
    }

    @Test
    void extensionDecidesAboutTheFormat() throws Exception {
        String base = trace("").replace(".jtr", "");
        HttpResponse<byte[]> json = application.download(TRACER + "/" + base + ".json");
        HttpResponse<byte[]> gzip = application.download(TRACER + "/" + base + ".json.gz");
        HttpResponse<byte[]> page = application.download(TRACER + "/" + base + ".html");
        HttpResponse<byte[]> perfetto = application.download(TRACER + "/" + base + ".pftrace");

        assertThat(new String(json.body(), UTF_8)).contains("Fibonacci.of", "\"traceEvents\"");
        assertThat(JsonPath.<Object>read(new String(json.body(), UTF_8), "$.traceEvents"))
                .isNotNull();
        assertThat(type(json)).startsWith("application/json");
        assertThat(disposition(json)).isEqualTo("attachment; filename=\"" + base + ".json\"");
        assertThat(unzip(gzip.body())).isEqualTo(new String(json.body(), UTF_8));
        assertThat(disposition(gzip)).isEqualTo("attachment; filename=\"" + base + ".json.gz\"");
        assertThat(new String(page.body(), UTF_8)).startsWithIgnoringCase("<!doctype html>");
        assertThat(type(page)).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(disposition(page)).isEqualTo("inline; filename=\"" + base + ".html\"");
        assertThat(type(perfetto)).isEqualTo("application/x-protobuf");
        assertThat(disposition(perfetto)).endsWith("filename=\"" + base + ".pftrace\"");
        assertThat(directory.resolve(base + ".html")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                        | .jtr",
                "application/json                           | .json",
                "application/gzip                           | .json.gz",
                "application/x-protobuf                     | .pftrace",
                "text/html,application/xml;q=0.9,*/*;q=0.8  | .html"
            })
    void acceptDecidesWhereThereIsNoExtension(String accept, String extension) throws Exception {
        String base = trace("").replace(".jtr", "");
        HttpResponse<byte[]> download = application.download(TRACER + "/" + base, "Accept", accept);

        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(disposition(download)).endsWith("filename=\"" + base + extension + "\"");
    }

    @Test
    void statusAndStopLinkToThePage() throws Exception {
        application.post(TRACER + "/start");
        HttpResponse<String> stopped = application.post(TRACER + "/stop");
        String page = read(stopped, "$.page");

        assertThat(page).isEqualTo(TRACER + "/" + read(stopped, "$.name").replace("jtr", "html"));
        assertThat(read(application.get(TRACER), "$.files[0].page")).isEqualTo(page);
        assertThat(application.get(page).body()).startsWithIgnoringCase("<!doctype html>");
        assertThat(application.get(TRACER + "/latest.html").headers().map())
                .containsEntry("content-disposition", List.of(dispositionOf(page)));
    }

    @Test
    void traceThatWasSavedAsJsonHasNoPageAndTheAnswerSaysWhatThereIs() throws Exception {
        trace("?file=flat.json");
        HttpResponse<String> page = application.get(TRACER + "/flat.html");

        assertThat(application.get(TRACER + "/flat").body()).contains("Fibonacci.of");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(read(page, "$.message")).contains("flat.html", "only flat.json;");
        assertThat(read(application.get(TRACER + "/latest.html"), "$.message"))
                .contains("latest.html", "only flat.json;");
        assertThat(read(application.get(TRACER), "$.files[?(@.name == 'flat.json')].page"))
                .isEqualTo("[null]");
    }

    @Test
    void damagedRecordingIsAnErrorThatSaysSo() throws Exception {
        Files.writeString(directory.resolve("damaged.jtr"), "not a recording");
        HttpResponse<String> page = application.get(TRACER + "/damaged.html");

        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(read(page, "$.message")).contains("damaged.jtr");
    }

    @Test
    void partOfAStoredTraceCanBeDownloaded() throws Exception {
        String name = trace("");
        byte[] whole = Files.readAllBytes(directory.resolve(name));
        HttpResponse<byte[]> part = application.download(TRACER + "/" + name, "Range", "bytes=2-5");
        HttpResponse<byte[]> rest = application.download(TRACER + "/" + name, "Range", "bytes=10-");
        HttpResponse<byte[]> behind =
                application.download(TRACER + "/" + name, "Range", "bytes=" + whole.length + "-");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 2, 6));
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes 2-5/" + whole.length);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, 10, whole.length));
        assertThat(behind.statusCode()).isEqualTo(416);
    }

    @Test
    void rangeOfWhatIsMadeWhileItIsSentIsTheWhole() throws Exception {
        String name = trace("").replace(".jtr", ".json");
        HttpResponse<byte[]> part = application.download(TRACER + "/" + name, "Range", "bytes=2-5");

        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(new String(part.body(), UTF_8)).contains("Fibonacci.of");
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
        "/start?file=out.txt, out.txt, .jtr"
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

    /** Records a few calls; answers with the name of the file. */
    String trace(String options) throws Exception {
        application.post(TRACER + "/start" + options);
        application.context().getBean(Fibonacci.class).of(5);
        return read(application.post(TRACER + "/stop"), "$.name");
    }

    /** A slice in a lane. */
    record Asynchronous(double micros, Map<String, Object> args) {}

    /** The newest trace's slices of that name that are in lanes. */
    List<Asynchronous> asynchronous(String name) throws Exception {
        DocumentContext trace = JsonPath.parse(latest());
        List<Object> lanes = trace.read("$.traceEvents[?(@.args.lane == true)].tid");
        List<Map<String, Object>> slices =
                trace.read("$.traceEvents[?(@.ph == 'X' && @.name == '" + name + "')]");
        return slices.stream()
                .filter(slice -> lanes.contains(slice.get("tid")))
                .map(EndpointContract::asynchronous)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Asynchronous asynchronous(Map<String, Object> slice) {
        return new Asynchronous(
                ((Number) slice.get("dur")).doubleValue(), (Map<String, Object>) slice.get("args"));
    }

    /** The newest trace as JSON. */
    String latest() throws Exception {
        return application.get(TRACER + "/latest.json").body();
    }

    private static String type(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static String disposition(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Content-Disposition").orElse("");
    }

    private static String dispositionOf(String page) {
        return "inline; filename=\"" + page.substring(page.lastIndexOf('/') + 1) + "\"";
    }

    static String read(HttpResponse<String> response, String path) {
        return String.valueOf(JsonPath.<Object>read(response.body(), path));
    }

    static String unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
