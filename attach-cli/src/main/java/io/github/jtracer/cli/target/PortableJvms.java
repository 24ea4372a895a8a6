package io.github.jtracer.cli.target;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Finds JVMs where there is no {@code /proc} (macOS, Windows), by the JDK's own means. */
final class PortableJvms {
    private PortableJvms() {}

    static List<Jvm> list() {
        return VirtualMachine.list().stream()
                .filter(jvm -> !jvm.id().equals(Long.toString(ProcessHandle.current().pid())))
                .map(PortableJvms::describe)
                .toList();
    }

    static Jvm attachable(long pid) {
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new Problem(
                    ExitCode.NO_SUCH_JVM,
                    "There is no process " + pid + ".",
                    "Give the pid of a Java process; `jtracer list` shows them.");
        }
        // Never attach to a process that does not say itself that it is a JVM.
        return list().stream()
                .filter(jvm -> jvm.pid() == pid)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Problem(
                                        ExitCode.NO_SUCH_JVM,
                                        "Process " + pid + " is not a JVM of yours.",
                                        "Give the pid of a Java process; `jtracer list` shows"
                                                + " them."));
    }

    private static Jvm describe(VirtualMachineDescriptor descriptor) {
        long pid = Long.parseLong(descriptor.id());
        ProcessHandle.Info info = ProcessHandle.of(pid).orElseGet(ProcessHandle::current).info();
        return new Jvm(
                pid,
                pid,
                -1,
                -1,
                info.user().orElse("?"),
                descriptor.displayName().split(" ", 2)[0],
                "",
                List.of(),
                info.startInstant().orElse(Instant.EPOCH),
                Path.of(System.getProperty("java.io.tmpdir")),
                false,
                -1);
    }
}
