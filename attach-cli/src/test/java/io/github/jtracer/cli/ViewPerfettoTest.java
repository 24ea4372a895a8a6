package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.formats.Converter;
import io.github.jtracer.formats.Reports;
import io.github.jtracer.formats.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jtracer view --perfetto}, over HTTP as Perfetto's page fetches it. */
class ViewPerfettoTest {
    private static final String UI = "https://ui.perfetto.dev";

    @TempDir Path folder;
    private Path json;

    @BeforeEach
    void writeATrace() throws IOException {
        json =
                Files.writeString(
                        folder.resolve("my trace.json"),
                        "{\"traceEvents\":[{\"ph\":\"X\",\"name\":\"a.B.c\",\"pid\":1,\"tid\":2,"
                                + "\"ts\":10.5,\"dur\":3.25}]}");
    }

    @Test
    void servesOneFileOnce() throws Exception {
        try (Command view = view(json)) {
            view.awaitMessage(UI + "/#!/?url=http://127.0.0.1:9001/my-trace.json")
                    .awaitMessage("Serving");

            String head = ask("HEAD /my-trace.json", "127.0.0.1:9001");
            assertThat(head).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(head.toLowerCase())
                    .contains("access-control-allow-origin: " + UI + "\r\n")
                    .contains("content-length: " + Files.size(json) + "\r\n");
            assertThat(ask("GET /my-trace.json", "evil.example:9001")).contains(" 403 ");
            assertThat(ask("GET /my-trace.json", "127.0.0.1")).contains(" 403 ");
            assertThat(ask("GET /", "127.0.0.1:9001")).contains(" 404 ");
            assertThat(ask("GET /../my-trace.json", "127.0.0.1:9001")).contains(" 404 ");
            assertThat(ask("GET /my%20trace.json", "127.0.0.1:9001")).contains(" 404 ");
            assertThat(ask("POST /my-trace.json", "127.0.0.1:9001"))
                    .contains(" 405 ")
                    .contains("Allow: GET, HEAD");

            String whole = ask("GET /my-trace.json", "127.0.0.1:9001");
            assertThat(whole).endsWith("\r\n\r\n" + Files.readString(json));
            assertThat(view.exitCode()).isEqualTo(ExitCode.SAVED);
        }
    }

    @ParameterizedTest
    @CsvSource({"page.html, page.pftrace", "page.html.gz, page.html.pftrace"})
    void convertsWhatPerfettoDoesNotRead(String name, String served) throws Exception {
        Path page = folder.resolve(name);
        Converter.convert(json, page);
        try (Command view = view(page)) {
            view.awaitMessage("Serving");

            byte[] answer =
                    ask("GET /" + served, "127.0.0.1:9001").getBytes(StandardCharsets.ISO_8859_1);

            assertThat(view.exitCode()).as(view.messages()).isEqualTo(ExitCode.SAVED);
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n") + 4;
            Path fetched = folder.resolve("fetched.pftrace");
            Files.write(fetched, java.util.Arrays.copyOfRange(answer, body, answer.length));
            try (Trace trace = Trace.open(fetched)) {
                assertThat(Reports.of(trace, 1, null).methods())
                        .extracting(m -> m.name() + " " + m.total())
                        .containsExactly("a.B.c 3250");
            }
        }
    }

    @Test
    void endsWithCtrlCAndLeavesNothingBehind() throws Exception {
        Path page = folder.resolve("page.html");
        Converter.convert(json, page);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (Command view =
                Command.start(
                        folder,
                        java.util.List.of(
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()),
                        java.util.List.of(),
                        "view",
                        "--perfetto",
                        page.toString())) {
            view.awaitMessage("Serving");
            assertThat(temporary).isNotEmptyDirectory();
            view.signal("INT");
            assertThat(view.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(9001, 1, InetAddress.getByName("127.0.0.1"));
                Command view = view(json)) {
            assertThat(view.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(view.messages()).contains("Port 9001 is taken").contains("ss -ltnp");
            assertThat(view.messages().lines()).hasSize(2);
        }
    }

    @Test
    void servesNothingThatIsNoTrace() throws Exception {
        Path other = Files.writeString(folder.resolve("secret.json"), "my password");
        try (Command view = view(other)) {
            assertThat(view.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(view.messages()).contains("not a trace");
        }
    }

    private Command view(Path file) throws IOException {
        return Command.start(folder, folder, "view", "--perfetto", file.toString());
    }

    private static String ask(String request, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", 9001)) {
            String lines = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
