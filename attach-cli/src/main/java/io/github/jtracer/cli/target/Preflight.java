package io.github.jtracer.cli.target;

import static io.github.jtracer.cli.ExitCode.NO_SUCH_JVM;
import static io.github.jtracer.cli.ExitCode.REFUSED;

import io.github.jtracer.cli.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything that can be known about a target before it is touched.
 *
 * <p>Attaching makes a JVM open its socket by sending it SIGQUIT. That kills a process that does
 * not handle it, and makes a JVM that may not be attached to print its threads: so it is never sent
 * on a guess.
 */
final class Preflight {
    private static final int OLDEST_JAVA = 17;
    private static final String LIST = "Give the pid of a Java process; `jtracer list` shows them.";

    private Preflight() {}

    /** Checks that there is a process of this pid, that it is ours to touch, and a JVM. */
    static ProcStatus process(long pid) {
        ProcStatus status =
                ProcStatus.of(pid)
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                NO_SUCH_JVM,
                                                "There is no process " + pid + ".",
                                                LIST));
        if (status.hasEnded()) {
            throw new Problem(NO_SUCH_JVM, "Process " + pid + " has ended.", LIST);
        }
        if (status.process() != pid) {
            // A signal to it would reach the process, which would look for other files than ours.
            throw new Problem(
                    NO_SUCH_JVM,
                    "There is no process " + pid + ": it is a thread of " + status.process() + ".",
                    "Give that process's id.");
        }
        int self = ProcStatus.self();
        if (self != 0 && self != status.uid()) {
            throw otherUser(pid);
        }
        boolean jvm;
        try {
            jvm = Proc.maps(pid, "libjvm.so");
        } catch (IOException e) {
            throw new Problem(
                    REFUSED,
                    "Process " + pid + " may not be looked into: " + why(e) + ".",
                    "Run jtracer as root, with the capability SYS_PTRACE where it runs in a"
                            + " container.");
        }
        if (!jvm) {
            throw new Problem(
                    NO_SUCH_JVM,
                    "Process " + pid + " is not a JVM: it runs `" + status.name() + "`.",
                    LIST);
        }
        return status;
    }

    /** Checks that the JVM can be attached to. */
    static void jvm(Jvm jvm, ProcStatus status) {
        String who = "JVM " + jvm.describe();
        if (mapsOpenJ9(jvm.pid())) {
            throw new Problem(
                    REFUSED,
                    who + " is OpenJ9, not HotSpot.",
                    "Run the application on a HotSpot JDK, such as Temurin, to trace it.");
        }
        if (lastOf(jvm, "DisableAttachMechanism", '+')) {
            throw new Problem(
                    REFUSED,
                    who
                            + " was started with -XX:+DisableAttachMechanism: it cannot be attached to.",
                    "Restart it without that option, or with -javaagent:jtracer-agent.jar.");
        }
        if (lastOf(jvm, "EnableDynamicAgentLoading", '-')) {
            throw new Problem(
                    REFUSED,
                    who + " was started with -XX:-EnableDynamicAgentLoading: it loads no agents.",
                    "Restart it without that option, or with -javaagent:jtracer-agent.jar.");
        }
        int feature = feature(jvm.javaVersion());
        if (feature > 0 && feature < OLDEST_JAVA) {
            throw new Problem(
                    REFUSED,
                    who + " is older than JDK " + OLDEST_JAVA + ".",
                    "Run the application on JDK " + OLDEST_JAVA + " or later to trace it.");
        }
        if (status.isStopped()) {
            throw new Problem(
                    REFUSED,
                    who + " is paused (by SIGSTOP or a debugger): it cannot answer.",
                    "Let it go on with `kill -CONT " + jvm.pid() + "` and try again.");
        }
        if (!Namespaces.knows(jvm.pid(), ProcStatus.self())) {
            throw new Problem(
                    REFUSED,
                    who + " runs in a user namespace of its own, in which root here is nobody.",
                    "Attach as the user who started the container: `sudo -u "
                            + jvm.user()
                            + " jtracer ...`.");
        }
        if (!Files.isWritable(jvm.temp())) {
            throw new Problem(
                    REFUSED,
                    who + " has no writable /tmp: it cannot open its attach socket there.",
                    "Give it a writable /tmp (a tmpfs will do), or start it with"
                            + " -javaagent:jtracer-agent.jar.");
        }
        if (Proc.lostItsFolder(jvm.pid()) && !Proc.hasOpen(jvm.pid(), ".jar")) {
            // ZipFile's static initializer wants the working folder; it would fail for ever.
            throw new Problem(
                    REFUSED,
                    who + " has lost its working folder, and cannot open a first jar without one.",
                    "Restart it in a folder that stays.");
        }
        Path socket = jvm.temp().resolve(".java_pid" + jvm.namespacePid());
        if (!Files.exists(socket) && !status.catches(ProcStatus.SIGQUIT)) {
            throw new Problem(
                    REFUSED,
                    who + " does not handle SIGQUIT: it is still starting, or runs with -Xrs.",
                    "Try again in a moment; with -Xrs, restart it with"
                            + " -javaagent:jtracer-agent.jar.");
        }
    }

    private static String why(IOException e) {
        return e instanceof AccessDeniedException
                ? "no permission to read " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    private static Problem otherUser(long pid) {
        String owner;
        try {
            owner = Files.getOwner(Proc.of(pid)).getName();
        } catch (IOException e) {
            owner = "another user";
        }
        return new Problem(
                REFUSED,
                "Process " + pid + " belongs to " + owner + ".",
                "Attach as that user: `sudo -u " + owner + " jtracer ...`, or as root.");
    }

    private static boolean mapsOpenJ9(long pid) {
        try {
            return Proc.maps(pid, "libj9vm");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the flag's last mention sets it so; the last is the one that counts. */
    private static boolean lastOf(Jvm jvm, String flag, char sign) {
        String last = "";
        for (String option : jvm.vmOptions()) {
            if (option.startsWith("-XX:") && option.substring(5).equals(flag)) {
                last = option;
            }
        }
        return last.equals("-XX:" + sign + flag);
    }

    private static int feature(String javaVersion) {
        if (javaVersion.startsWith("1.")) {
            return feature(javaVersion.substring(2));
        }
        String digits = javaVersion.split("[^0-9]", 2)[0];
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
