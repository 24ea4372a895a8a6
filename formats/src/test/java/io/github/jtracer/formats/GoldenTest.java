package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.trace.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Traces as they were once written, here and by others, still say the same: what the file says that
 * has their name up to the first dot.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    @TempDir Path directory;

    static List<Path> traces() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void isReadAsItAlwaysWas(Path file) throws IOException {
        assertThat(said(file)).isEqualTo(Files.readString(expected(file)));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void saysTheSameInEveryOtherFormat(Path file) throws IOException {
        String expected = Files.readString(expected(file));
        if (expected.startsWith("refused")) {
            return;
        }
        for (String ending : List.of(".json", ".html.gz", ".pftrace")) {
            Path converted = directory.resolve("t" + ending);
            Converter.convert(file, converted);
            assertThat(said(converted)).as(ending).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void saysHowMuchItHoldsWithoutBeingRead(Path file) throws IOException {
        if (Files.readString(expected(file)).startsWith("refused")) {
            return;
        }
        try (Trace trace = Trace.open(file)) {
            assertThat(TraceTotals.of(file)).isEqualTo(Reports.of(trace, 0, null).totals());
        }
    }

    @Test
    void salvagesWhatPrecedesTheDamage() throws IOException {
        Path cut = directory.resolve("cut.jtr");
        byte[] whole = Files.readAllBytes(FOLDER.resolve("odd.jtr"));
        Files.write(cut, Arrays.copyOf(whole, whole.length - 50));

        assertThat(said(cut)).startsWith("refused: ");
        try (Trace trace = Trace.salvage(cut)) {
            assertThat(ReportText.of(Reports.of(trace, 5, null), 20)).contains("com.acme.Deep");
        }
    }

    private static Path expected(Path file) {
        String name = file.getFileName().toString();
        return FOLDER.resolve(name.substring(0, name.indexOf('.')) + ".txt");
    }

    private static String said(Path file) throws IOException {
        try (Trace trace = Trace.open(file)) {
            return ReportText.of(Reports.of(trace, 5, null), 20);
        } catch (RecordingException e) {
            return "refused: " + e.getMessage().replace(file.toString(), "FILE") + "\n";
        }
    }
}
