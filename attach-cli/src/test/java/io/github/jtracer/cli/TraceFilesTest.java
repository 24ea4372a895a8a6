package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jtracer.formats.Converter;
import io.github.jtracer.probe.EventWord;
import io.github.jtracer.trace.RecordingOutput;
import io.github.jtracer.trace.TracedMethod;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of trace files that are damaged, foreign or asked for too much. */
class TraceFilesTest {
    @TempDir Path folder;

    private Path recording;

    /** One call. */
    @BeforeEach
    void writeARecording() throws IOException {
        recording = folder.resolve("whole.jtr");
        long enter = 2_000L << EventWord.TIME_SHIFT | EventWord.ENTER;
        long exit = 3_000L << EventWord.TIME_SHIFT | EventWord.EXIT;
        try (OutputStream file = Files.newOutputStream(recording);
                RecordingOutput out = new RecordingOutput(file)) {
            out.header(
                    Map.of(
                            "byteOrder", java.nio.ByteOrder.nativeOrder().toString(),
                            "startTicks", "1000",
                            "stopTicks", "9000",
                            "startNanos", "1000",
                            "stopNanos", "9000"));
            out.methods(List.of(new TracedMethod(0, "a.B", "c", "()V", "B.java", 1)));
            out.chunk(1, 0, 1, 1_000, new long[] {enter, exit}, 2);
            out.end(Map.of("chunks", "1"));
        }
    }

    @Test
    void aSalvagedTraceSaysThatItIsCutShort() throws Exception {
        byte[] bytes = Files.readAllBytes(recording);
        Files.write(folder.resolve("cut.jtr"), Arrays.copyOf(bytes, bytes.length - 5));
        for (List<String> how :
                List.of(
                        List.of("report", "--salvage", "cut.jtr"),
                        List.of("convert", "--quiet", "--salvage", "cut.jtr", "cut.json"))) {
            try (Command command = jtracer(how)) {
                assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.SAVED);
                assertThat(command.messages()).startsWith("cut.jtr is cut short").hasLineCount(1);
            }
        }
        assertThat(Traces.calls(folder.resolve("cut.json"))).containsExactly("a.B.c");
        try (Command whole = jtracer(List.of("report", "--salvage", "whole.jtr"))) {
            assertThat(whole.exitCode()).as(whole.messages()).isEqualTo(ExitCode.SAVED);
            assertThat(whole.messages()).isEmpty();
            assertThat(whole.output()).contains("a.B.c");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report --top=-3 whole.jtr",
                "report --top=many whole.jtr",
                "diff --top=-3 whole.jtr whole.jtr",
            })
    void aTableHasNoFewerLinesThanNone(String line) throws Exception {
        try (Command command = jtracer(List.of(line.split(" ")))) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.USAGE);
            assertThat(command.messages())
                    .startsWith("jtracer: ")
                    .contains("--top", "is not a whole number from 0", "--help")
                    .hasLineCount(2);
            assertThat(command.output()).isEmpty();
        }
    }

    @Test
    void onlyWholePagesAreToBeOpened() throws Exception {
        Path page = folder.resolve("page.html");
        Converter.convert(recording, page);
        String text = Files.readString(page);
        int data = text.indexOf("x-jtracer\">") + 30;
        write("data.html", text.substring(0, data));
        write("script.html", text.substring(0, text.length() - 200));
        write("foreign.html", "<!DOCTYPE html>\n<html><body>Hello</body></html>\n");
        write("words.html", "Hello");
        write("json.html", "{\"traceEvents\":[]}");

        for (String name : List.of("data", "script", "foreign", "words", "json")) {
            try (Command view = jtracer(List.of("view", name + ".html"))) {
                assertThat(view.exitCode()).as(view.messages()).isEqualTo(ExitCode.USAGE);
                assertThat(view.messages())
                        .contains(name + ".html")
                        .doesNotContain("Open this page")
                        .doesNotContain("Exception");
            }
        }
        try (Command view = jtracer(List.of("view", "page.html"))) {
            assertThat(view.exitCode()).as(view.messages()).isEqualTo(ExitCode.SAVED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report whole.jtr",
                "report --json whole.jtr",
                "report --csv whole.jtr",
                "diff whole.jtr whole.jtr"
            })
    void anOutputThatIsFullIsNoticed(String line) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (Command command = jtracerInto(">/dev/full", line)) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.NOT_SAVED);
            assertThat(command.messages())
                    .startsWith("jtracer: The output cannot be written: No space left on device.")
                    .hasLineCount(2);
        }
        try (Command command = jtracerInto("| true", line)) {
            assertThat(command.exitCode()).as(command.messages()).isEqualTo(ExitCode.SAVED);
            assertThat(command.messages()).isEmpty();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Command jtracer(List<String> arguments) throws IOException {
        // Without a screen there is no browser.
        return start(List.of("env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY"), arguments);
    }

    private Command jtracerInto(String where, String line) throws IOException {
        return start(List.of("sh", "-c", "\"$@\" " + where, "sh"), List.of(line.split(" ")));
    }

    private Command start(List<String> prefix, List<String> arguments) throws IOException {
        return Command.start(
                folder,
                List.of(
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        Main.class.getName()),
                prefix,
                arguments.toArray(String[]::new));
    }
}
