package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {
    private static final String HEAD = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
    private static final String CALL =
            "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a.B.\u6ce8\",\"pid\":1,\"tid\":22,"
                    + "\"ts\":333.004,\"dur\":0.050}";

    private final List<String> seen = new ArrayList<>();

    @Test
    void knowsACallBySight() throws IOException {
        String rest = read(HEAD + CALL + ",\n" + CALL + "\n],\n\"more\":1}\n");

        assertThat(seen).containsOnly("call a.B.\u6ce8 1 22 333004 50").hasSize(2);
        assertThat(rest).isEqualTo("{\"more\":1}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ph\":\"M\",\"pid\":1}",
                "{\"ph\":\"X\",\"cat\":\"own\",\"name\":\"a\",\"pid\":1,\"tid\":2,\"ts\":3.000,\"dur\":4.000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\\\"b\",\"pid\":1,\"tid\":2,\"ts\":3.000,\"dur\":4.000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":1,\"tid\":2,\"ts\":3.000,\"dur\":4.000,\"args\":{}}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":1,\"tid\":2,\"ts\":3,\"dur\":4}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":1,\"tid\":2,\"ts\":3.00,\"dur\":4.0000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":-1,\"tid\":2,\"ts\":3.000,\"dur\":4.000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":,\"tid\":2,\"ts\":3.000,\"dur\":4.000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a\",\"pid\":1,\"tid\":2,\"ts\":99999999999999999999.000,\"dur\":4.000}",
                "{\"ph\":\"X\",\"cat\":\"method\",\"name\":\"a",
            })
    void leavesEverythingElseToAParser(String line) throws IOException {
        read(HEAD + line + ",\n" + CALL + "\n],\n}");

        assertThat(seen).containsExactly("event " + line, "call a.B.\u6ce8 1 22 333004 50");
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        String line = "{\"ph\":\"M\",\"name\":\"" + "x".repeat(1_000_000) + "\"}";

        read(HEAD + CALL + ",\n" + line + ",\n" + CALL + "\n],\n}");

        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).isEqualTo("event " + line);
    }

    @Test
    void leavesOtherFilesAsTheyAre() throws IOException {
        InputStream in = stream("{\"traceEvents\":[]}");

        assertThat(EventLines.of(in)).isNull();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"traceEvents\":[]}");
    }

    @Test
    void endsNowhereElseThanBehindTheEvents() {
        assertThatThrownBy(() -> read(HEAD + CALL + ",\n" + CALL)).isInstanceOf(EOFException.class);
    }

    private String read(String text) throws IOException {
        EventLines lines = EventLines.of(stream(text));
        assertThat(lines).isNotNull();
        InputStream rest =
                lines.read(
                        new EventLines.Visitor() {
                            @Override
                            public void call(
                                    String name, long pid, long tid, long time, long duration) {
                                seen.add(
                                        String.join(
                                                " ",
                                                "call",
                                                name,
                                                pid + "",
                                                tid + "",
                                                time + "",
                                                duration + ""));
                            }

                            @Override
                            public void event(byte[] bytes, int from, int length) {
                                seen.add(
                                        "event "
                                                + new String(
                                                        bytes,
                                                        from,
                                                        length,
                                                        StandardCharsets.UTF_8));
                            }
                        });
        return new String(rest.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\\{\\n", "{");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
