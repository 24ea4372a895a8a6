package io.github.jtracer.cli.target;

import io.github.jtracer.cli.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds JVMs, without touching any. */
public final class Jvms {
    /** Others who record are JVMs too, and so is what makes this command's class data archive. */
    private static final String OWN_JAR =
            Jvms.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    /** The JVM on which this command rehearses. */
    public static final String REHEARSAL = "io.github.jtracer.cli.Rehearsal";

    private Jvms() {}

    /** Every JVM that can be seen from here, but those that run this command. */
    public static List<Jvm> list() {
        if (!Proc.isThere()) {
            return PortableJvms.list();
        }
        long self = ProcessHandle.current().pid();
        return Proc.pids().stream()
                .filter(pid -> pid != self && isJvm(pid))
                .flatMap(pid -> ProcStatus.of(pid).map(status -> describe(pid, status)).stream())
                .filter(jvm -> !jvm.main().equals(OWN_JAR) && !jvm.main().equals(REHEARSAL))
                .toList();
    }

    /**
     * The JVM with this pid, which then can be attached to as far as that can be told without
     * touching it.
     *
     * @throws Problem if there is none, or it cannot be attached to
     */
    public static Jvm attachable(long pid) {
        if (!Proc.isThere()) {
            return PortableJvms.attachable(pid);
        }
        ProcStatus status = Preflight.process(pid);
        Jvm jvm = describe(pid, status);
        Preflight.jvm(jvm, status);
        return jvm;
    }

    /** The JVM with this pid, attachable or not; for what needs no attaching. */
    public static Jvm existing(long pid) {
        if (!Proc.isThere()) {
            return PortableJvms.attachable(pid);
        }
        return describe(pid, Preflight.process(pid));
    }

    private static boolean isJvm(long pid) {
        try {
            return Proc.maps(pid, "libjvm.so");
        } catch (IOException e) {
            // Not ours to read. Its hsperfdata is there for everybody to see, though.
            return ProcStatus.of(pid)
                    .filter(status -> !status.hasEnded() && perfFile(pid, status).isPresent())
                    .isPresent();
        }
    }

    private static Jvm describe(long pid, ProcStatus status) {
        PerfData perf = perfFile(pid, status).map(Jvms::readPerf).orElseGet(PerfData::empty);
        List<String> commandLine = Proc.commandLine(pid);
        return new Jvm(
                pid,
                status.namespacePid(),
                status.uid(),
                status.gid(),
                owner(pid),
                CommandLine.main(perf.get("sun.rt.javaCommand"), commandLine, status.name()),
                javaVersion(pid, perf),
                CommandLine.vmOptions(perf, commandLine, Proc.environment(pid)),
                ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().startInstant())
                        .orElse(Instant.EPOCH),
                Namespaces.temp(pid),
                Namespaces.isElsewhere(pid),
                Proc.startTicks(pid));
    }

    private static Optional<Path> perfFile(long pid, ProcStatus status) {
        Path temp = Namespaces.temp(pid);
        Path file =
                temp.resolve("hsperfdata_" + owner(pid))
                        .resolve(Long.toString(status.namespacePid()));
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        // Inside a container the same user id has another name, or none.
        try (var folders = Files.newDirectoryStream(temp, "hsperfdata_*")) {
            for (Path folder : folders) {
                Path candidate = folder.resolve(Long.toString(status.namespacePid()));
                if (Files.isRegularFile(candidate)
                        && Files.getAttribute(candidate, "unix:uid").equals(status.uid())) {
                    return Optional.of(candidate);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // then it says nothing
        }
        return Optional.empty();
    }

    private static PerfData readPerf(Path file) {
        try {
            return PerfData.read(file);
        } catch (IOException e) {
            return PerfData.empty();
        }
    }

    /** From hsperfdata, or else from the {@code release} file of the JDK that the process runs. */
    private static String javaVersion(long pid, PerfData perf) {
        if (!perf.get("java.property.java.version").isEmpty()) {
            return perf.get("java.property.java.version");
        }
        try {
            Path java = Files.readSymbolicLink(Proc.of(pid).resolve("exe"));
            Path release =
                    Proc.of(pid).resolve("root" + java.getParent().resolveSibling("release"));
            return Files.readAllLines(release).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private static String owner(long pid) {
        try {
            return Files.getOwner(Proc.of(pid)).getName();
        } catch (IOException e) {
            return "?";
        }
    }
}
