package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Everything that can be torn away while a JVM is recorded, at every phase of that.
 *
 * <p>After each: the target has no probes and works, or is gone; the file is whole or absent; the
 * exit code is one that the manual explains; and the next recording is as good as the first.
 */
final class KillTable {
    /** How far the command is. */
    enum Phase {
        ATTACHING,
        WEAVING,
        RECORDING,
        SAVING
    }

    /** What happens then. */
    enum Event {
        COMMAND_KILLED,
        TARGET_KILLED,
        TERMINAL_CLOSED,
        DISK_FULL,
        ATTACH_SOCKET_DELETED,
        OWN_SOCKET_DELETED,
        SECOND_ATTACH,
        COMMAND_STOPPED,
        TARGET_STOPPED
    }

    /**
     * A cell of the table.
     *
     * @param codes what the command may end with
     */
    record Case(Event event, Phase phase, Set<Integer> codes) {
        @Override
        public String toString() {
            return event + " while " + phase;
        }
    }

    private static final int KILLED = 128 + 9;
    private static final int PAUSE_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 90;
    private static final String INCLUDE = "io.github.jtracer.cli.**";

    private final Path folder;
    private final Path jdk;

    KillTable(Path folder, Path jdk) {
        this.folder = folder;
        this.jdk = jdk;
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            boolean early = phase.compareTo(Phase.RECORDING) < 0;
            boolean attaching = phase == Phase.ATTACHING;
            boolean saving = phase == Phase.SAVING;
            all.add(new Case(Event.COMMAND_KILLED, phase, Set.of(KILLED)));
            // What had come before its end is saved, and that may be all.
            all.add(
                    new Case(
                            Event.TARGET_KILLED,
                            phase,
                            saving
                                    ? Set.of(ExitCode.TARGET_DIED, ExitCode.SAVED)
                                    : Set.of(ExitCode.TARGET_DIED)));
            all.add(
                    new Case(
                            Event.TERMINAL_CLOSED,
                            phase,
                            Set.of(early ? ExitCode.INTERRUPTED : ExitCode.SAVED)));
            all.add(
                    new Case(
                            Event.DISK_FULL,
                            phase,
                            saving
                                    ? Set.of(ExitCode.NOT_SAVED, ExitCode.SAVED)
                                    : Set.of(ExitCode.NOT_SAVED)));
            // Whether it had been used already by then is a matter of chance.
            Set<Integer> met =
                    attaching ? Set.of(ExitCode.SAVED, ExitCode.REFUSED) : Set.of(ExitCode.SAVED);
            all.add(new Case(Event.ATTACH_SOCKET_DELETED, phase, met));
            all.add(new Case(Event.OWN_SOCKET_DELETED, phase, met));
            all.add(
                    new Case(
                            Event.SECOND_ATTACH,
                            phase,
                            attaching
                                    ? Set.of(ExitCode.SAVED, ExitCode.ALREADY_RECORDING)
                                    : Set.of(ExitCode.SAVED)));
            all.add(new Case(Event.COMMAND_STOPPED, phase, Set.of(ExitCode.SAVED)));
            all.add(new Case(Event.TARGET_STOPPED, phase, met));
        }
        return all;
    }

    void run(Case cell) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path file = disk.resolve("a.json.gz");
        Path code = folder.resolve("code");
        try (Target target =
                        Target.start(List.of(), jdk, "-Dwares=2500", "-Dbusy=true", "-Xmx256m");
                Command command = command(cell, target, disk, file, code)) {
            await(cell.phase(), target, command, disk);
            int second = happen(cell, target, command, disk);
            if (cell.phase() == Phase.RECORDING
                    && cell.event() != Event.TERMINAL_CLOSED
                    && command.isRunning()) {
                command.signal("INT");
            }
            int exitCode = cell.event() == Event.TERMINAL_CLOSED ? told(code) : command.exitCode();
            assertThat(exitCode).as(command.messages()).isIn(cell.codes());
            if (cell.event() == Event.SECOND_ATTACH) {
                assertThat(List.of(exitCode, second)).contains(ExitCode.SAVED);
            }
            wholeOrAbsent(seen(cell, command, file), exitCode);
            if (cell.event() != Event.TARGET_KILLED) {
                asGoodAsBefore(target, exitCode == ExitCode.INTERRUPTED);
            }
        }
    }

    private Command command(Case cell, Target target, Path disk, Path file, Path code)
            throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--attach",
                                target.name(),
                                "--include",
                                INCLUDE,
                                "--buffer",
                                "16MB"));
        words.addAll(List.of("-o", file.toString()));
        if (cell.phase() != Phase.RECORDING) {
            words.addAll(List.of("-t", "0.5"));
        }
        String[] arguments = words.toArray(String[]::new);
        if (cell.event() == Event.TERMINAL_CLOSED) {
            assumeTrue(Files.exists(Path.of("/usr/bin/script")), "needs script(1)");
            return Command.onTerminal(folder, code, arguments);
        }
        if (cell.event() == Event.DISK_FULL) {
            assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
            String mount = "mount -t tmpfs -o size=64m tmpfs " + disk + " && exec \"$@\"";
            return Command.start(
                    folder,
                    List.of("-jar", System.getProperty("jtracer.jar")),
                    List.of("unshare", "-m", "sh", "-c", mount, "sh"),
                    arguments);
        }
        return Command.packaged(folder, arguments);
    }

    private static void await(Phase phase, Target target, Command command, Path disk)
            throws Exception {
        switch (phase) {
            case ATTACHING -> command.awaitMessage("Attaching to JVM");
            case WEAVING -> until(() -> target.hasThread("jtracer-start"));
            case RECORDING -> command.awaitMessage("Recording");
            case SAVING -> {
                // Before, there was such a file too: to see whether one can be written.
                command.awaitMessage("Recording");
                until(
                        () -> {
                            String there = "/proc/" + command.pid() + "/root" + disk;
                            return Traces.filesIn(Path.of(there)).stream()
                                    .anyMatch(name -> name.startsWith(".jtracer-"));
                        });
            }
        }
    }

    /** Does it; the exit code of a second command, or -1 if there was none. */
    private int happen(Case cell, Target target, Command command, Path disk) throws Exception {
        switch (cell.event()) {
            case COMMAND_KILLED -> command.signal("KILL");
            case TARGET_KILLED -> target.signal("KILL");
            case TERMINAL_CLOSED -> command.closeTerminal();
            case DISK_FULL -> fill(Path.of("/proc/" + command.pid() + "/root" + disk));
            case ATTACH_SOCKET_DELETED ->
                    Files.deleteIfExists(Path.of("/tmp/.java_pid" + target.pid()));
            case OWN_SOCKET_DELETED -> deleteOwnSockets();
            case SECOND_ATTACH -> {
                try (Command second =
                        Command.packaged(
                                folder,
                                "--attach",
                                target.name(),
                                "-t",
                                "0.3",
                                "-o",
                                "2.json.gz")) {
                    int exitCode = second.exitCode();
                    assertThat(exitCode)
                            .as(second.messages())
                            .isIn(ExitCode.SAVED, ExitCode.ALREADY_RECORDING);
                    wholeOrAbsent(folder.resolve("2.json.gz"), exitCode);
                    return exitCode;
                }
            }
            case COMMAND_STOPPED -> {
                command.signal("STOP");
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                command.signal("CONT");
            }
            case TARGET_STOPPED -> {
                target.signal("STOP");
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                target.signal("CONT");
            }
        }
        return -1;
    }

    private static void fill(Path disk) throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] block = new byte[1 << 12];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void deleteOwnSockets() throws IOException {
        for (String name : Traces.filesIn(Path.of("/tmp"))) {
            if (name.matches("jtracer-[0-9a-f]{16}")) {
                Files.deleteIfExists(Path.of("/tmp", name, "s"));
            }
        }
    }

    /** The output; where a mount hid it, it went with the command. */
    private static Path seen(Case cell, Command command, Path file) {
        return cell.event() == Event.DISK_FULL
                ? Path.of("/proc/" + command.pid() + "/root" + file)
                : file;
    }

    private static void wholeOrAbsent(Path file, int exitCode) throws IOException {
        if (exitCode == ExitCode.SAVED && !file.startsWith("/proc")) {
            assertThat(Traces.events(file)).isPositive();
        } else if (Files.exists(file)) {
            assertThat(exitCode).isEqualTo(ExitCode.TARGET_DIED);
            assertThat(Traces.events(file)).isPositive();
        }
    }

    /**
     * @param without whether nothing was recorded, as the command said
     */
    private void asGoodAsBefore(Target target, boolean without) throws Exception {
        until(() -> !target.isWoven());
        assertThat(target.works()).isTrue();
        String state = state(target);
        if (!without && state.contains("kept")) {
            try (Command save =
                    Command.packaged(folder, "save", target.name(), "-o", "k.json.gz")) {
                assertThat(save.exitCode()).as(save.messages()).isZero();
            }
            wholeOrAbsent(folder.resolve("k.json.gz"), ExitCode.SAVED);
        } else {
            assertThat(state).contains("state: none");
        }
        try (Command again =
                Command.packaged(
                        folder, "--attach", target.name(), "-t", "0.2", "-o", "n.json.gz")) {
            assertThat(again.exitCode()).as(again.messages()).isZero();
        }
        wholeOrAbsent(folder.resolve("n.json.gz"), ExitCode.SAVED);
        assertThat(target.isWoven()).isFalse();
        assertThat(target.errors().lines().filter(line -> !line.startsWith("WARNING:"))).isEmpty();
    }

    /** Once it is not busy any more. */
    private String state(Target target) throws Exception {
        String[] state = {""};
        until(
                () -> {
                    try (Command status = Command.packaged(folder, "status", target.name())) {
                        assertThat(status.exitCode()).as(status.messages()).isZero();
                        state[0] = status.output();
                        return !state[0].matches("(?s).*state: (weaving|recording|saving).*");
                    }
                });
        return state[0];
    }

    private static int told(Path code) throws Exception {
        until(() -> Files.exists(code) && Files.size(code) > 0);
        return Integer.parseInt(Files.readString(code).strip());
    }

    private static void until(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("never happened").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }
}
