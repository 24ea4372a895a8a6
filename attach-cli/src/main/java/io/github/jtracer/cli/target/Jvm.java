package io.github.jtracer.cli.target;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A running JVM.
 *
 * @param pid as seen from here
 * @param namespacePid as the JVM sees it itself: another number inside a container
 * @param uid effective user id, as seen from here; -1 where that is unknown
 * @param gid effective group id, as seen from here; -1 where that is unknown
 * @param user name of the user it runs as
 * @param main main class, or the jar's path; nothing of the program's own arguments
 * @param javaVersion such as {@code 17.0.15}; empty where it could not be read
 * @param vmOptions options the JVM was started with, as far as they can be read
 * @param since when it was started
 * @param temp its folder for temporary files, as seen from here
 * @param container whether it runs in another pid or mount namespace than this command
 * @param startTicks tells a later process of the same pid apart; -1 where that is unknown
 */
public record Jvm(
        long pid,
        long namespacePid,
        int uid,
        int gid,
        String user,
        String main,
        String javaVersion,
        List<String> vmOptions,
        Instant since,
        Path temp,
        boolean container,
        long startTicks) {

    /** The name that the library for applications gives the agent's jar. */
    private static final String OWN_AGENT = "/jtracer-agent.jar";

    private static final String TEMP_OPTION = "-Djava.io.tmpdir=";

    public Jvm {
        vmOptions = List.copyOf(vmOptions);
    }

    /** Main class or jar without its folders: what people call it. */
    public String shortName() {
        String name = main.replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** One line for a person: {@code 4711 (com.acme.Shop, JDK 17.0.15)}. */
    public String describe() {
        return pid
                + " ("
                + shortName()
                + (javaVersion.isEmpty() ? "" : ", JDK " + javaVersion)
                + ")";
    }

    /** Whether this very process is still there. */
    public boolean isAlive() {
        if (!Proc.isThere()) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        return ProcStatus.of(pid).filter(status -> !status.hasEnded()).isPresent()
                && Proc.startTicks(pid) == startTicks;
    }

    /** Whether it is stopped (SIGSTOP, a debugger) and can do nothing. */
    public boolean isPaused() {
        return ProcStatus.of(pid).filter(ProcStatus::isStopped).isPresent() && isAlive();
    }

    /** The same path as the JVM itself names it: without the way there through {@code /proc}. */
    public String inside(Path path) {
        Path root = Proc.of(pid).resolve("root");
        return path.startsWith(root) ? "/" + root.relativize(path) : path.toString();
    }

    /** A path that the JVM names, as it is called here. */
    public Path outside(String path) {
        return container ? Path.of(Proc.of(pid).resolve("root") + path) : Path.of(path);
    }

    /**
     * Whether it handles the signal by which an installed tracer is told to record. Sent to a
     * process that does not, it would end it.
     */
    public boolean handlesInstalledSignal() {
        return ProcStatus.of(pid).filter(status -> status.catches(ProcStatus.SIGUSR1)).isPresent()
                && isAlive();
    }

    /** Whether a jtracer agent was loaded into it, as far as that can be seen without asking. */
    public boolean hasAgent() {
        return Proc.hasOpen(pid, "/jtracer-agent-") || Proc.hasOpen(pid, OWN_AGENT);
    }

    /** Whether it loaded the agent for itself: an option of its own, or the library in it did. */
    public boolean installedTracer() {
        return Proc.hasOpen(pid, OWN_AGENT)
                || vmOptions.stream()
                        .anyMatch(
                                option ->
                                        option.startsWith("-javaagent:")
                                                && option.contains("jtracer-agent"));
    }

    /** Whether the agent in it is recording or about to, by the names of its threads. */
    public boolean isBeingRecorded() {
        return Proc.hasThread(pid, "jtracer-recordi") || Proc.hasThread(pid, "jtracer-start");
    }

    /** Whether the agent in it has put a recording aside that nobody fetched. */
    public boolean holdsRecording() {
        Path folder =
                vmOptions.stream()
                        .filter(option -> option.startsWith(TEMP_OPTION))
                        .reduce((first, last) -> last)
                        .map(option -> outside(option.substring(TEMP_OPTION.length())))
                        .orElse(temp);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "jtracer-" + namespacePid + "-*.jtr")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
