package io.github.jtracer.cli.target;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Linux says about a process in {@code /proc/<pid>/status} (see proc_pid_status(5)).
 *
 * @param name the kernel's name for it, at most 15 characters
 * @param state one letter: R, S, D, T (stopped), t (being debugged), Z (ended, not yet reaped), ...
 * @param uid effective user id, as seen from here
 * @param gid effective group id, as seen from here
 * @param process the process that it is, or of which it is a thread: these can be found, too
 * @param namespacePid its pid as it sees it itself
 * @param caughtSignals bit n-1 is set if it handles signal n
 */
record ProcStatus(
        String name,
        char state,
        int uid,
        int gid,
        long process,
        long namespacePid,
        long caughtSignals) {
    static final int SIGQUIT = 3;
    static final int SIGUSR1 = 10;

    /** Reads it; empty if there is no such process. */
    static Optional<ProcStatus> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(Proc.of(pid).resolve("status"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** This process's effective user id; -1 where that is unknown. */
    static int self() {
        return of(ProcessHandle.current().pid()).map(ProcStatus::uid).orElse(-1);
    }

    static ProcStatus parse(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines()
                .forEach(
                        line -> {
                            int colon = line.indexOf(':');
                            if (colon > 0) {
                                fields.put(
                                        line.substring(0, colon),
                                        line.substring(colon + 1).strip());
                            }
                        });
        String[] pids = fields.getOrDefault("NSpid", fields.getOrDefault("Pid", "0")).split("\\s+");
        return new ProcStatus(
                fields.getOrDefault("Name", "?"),
                fields.getOrDefault("State", "?").charAt(0),
                effective(fields.getOrDefault("Uid", "0 0")),
                effective(fields.getOrDefault("Gid", "0 0")),
                Long.parseLong(fields.getOrDefault("Tgid", fields.getOrDefault("Pid", "0"))),
                Long.parseLong(pids[pids.length - 1]),
                Long.parseUnsignedLong(fields.getOrDefault("SigCgt", "0"), 16));
    }

    boolean catches(int signal) {
        return (caughtSignals & 1L << (signal - 1)) != 0;
    }

    boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    boolean isStopped() {
        return state == 'T' || state == 't';
    }

    private static int effective(String ids) {
        return Integer.parseUnsignedInt(ids.split("\\s+")[1]);
    }
}
