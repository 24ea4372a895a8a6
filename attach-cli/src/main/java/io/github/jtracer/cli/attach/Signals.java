package io.github.jtracer.cli.attach;

import java.io.IOException;

/** Sends a signal to another process, which plain Java cannot. */
public final class Signals {
    private Signals() {}

    /**
     * Sends it. The caller has made sure that the process handles this signal.
     *
     * @param name such as {@code QUIT}
     * @throws IOException if it could not be sent
     */
    public static void send(long pid, String name) throws IOException {
        // The shell's own `kill`: there is a shell wherever there is a Linux with a command line.
        Process kill =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "kill -s \"$1\" \"$2\"",
                                "sh",
                                name,
                                Long.toString(pid))
                        .redirectErrorStream(true)
                        .start();
        kill.getOutputStream().close();
        String complaint = new String(kill.getInputStream().readAllBytes()).strip();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("SIG" + name + " could not be sent: " + complaint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
