package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests that docs/viztracer.md names are there. */
class ViztracerDocTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Path checkout = Path.of("").toAbsolutePath().getParent();
        Map<String, String> sources = testSources(checkout);
        Matcher named = NAMED.matcher(Files.readString(checkout.resolve("docs/viztracer.md")));
        int count = 0;
        while (named.find()) {
            assertThat(sources.getOrDefault(named.group(1), ""))
                    .as(named.group())
                    .contains("void " + named.group(2) + "(");
            count++;
        }
        assertThat(count).isGreaterThan(40);
    }

    /** The cases of their list: M1 to M11 must be matched, B1 to B13 beaten. */
    @ParameterizedTest
    @CsvSource({"M, 11", "B, 13"})
    void noCaseIsWithoutATest(String kind, int cases) throws IOException {
        String document =
                Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/viztracer.md"));
        for (int i = 1; i <= cases; i++) {
            assertThat(document)
                    .containsPattern("(?m)^\\| " + kind + i + " \\|[^|]*\\|[^|]*`\\w+\\.\\w+`");
        }
    }

    /** By class name. */
    private static Map<String, String> testSources(Path checkout) throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path module : children(checkout)) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = String.valueOf(file.getFileName());
                        sources.put(name.replace(".java", ""), Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
