package io.github.jtracer.cli;

import io.github.jtracer.cli.KillTable.Case;
import io.github.jtracer.cli.KillTable.Phase;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quick cells of the table; all of it is {@link KillTableSoakIT}. */
class KillTableIT {
    @TempDir Path folder;

    static Stream<Case> cells() {
        return KillTable.all().stream().filter(KillTableIT::isQuick);
    }

    private static boolean isQuick(Case cell) {
        return switch (cell.event()) {
            case COMMAND_KILLED -> cell.phase() != Phase.ATTACHING;
            case TERMINAL_CLOSED -> cell.phase() == Phase.RECORDING;
            case TARGET_KILLED -> cell.phase() == Phase.WEAVING;
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingIsLeftHalfDone(Case cell) throws Exception {
        new KillTable(folder, Jdks.running()).run(cell);
    }
}
