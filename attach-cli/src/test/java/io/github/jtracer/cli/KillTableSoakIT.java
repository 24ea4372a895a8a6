package io.github.jtracer.cli;

import io.github.jtracer.cli.KillTable.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table, on every JDK there is. */
class KillTableSoakIT {
    @TempDir Path folder;

    static Stream<Arguments> cells() throws IOException {
        return Jdks.all().stream()
                .flatMap(jdk -> KillTable.all().stream().map(cell -> Arguments.of(jdk, cell)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingIsLeftHalfDone(Path jdk, Case cell) throws Exception {
        new KillTable(folder, jdk).run(cell);
    }
}
