package io.github.jtracer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a person sees while the command works: messages, all of them on the standard error.
 *
 * <p>The live line is redrawn in place, and only on a terminal. Safe for several threads.
 */
public final class Screen {
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream err;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean terminal;
    private final boolean coloured;
    private final String prefix;
    private final Live live;

    /** The line that is there now and will be written over. */
    private static final class Live {
        private int width;
    }

    private Screen(
            PrintStream err,
            boolean quiet,
            boolean verbose,
            boolean terminal,
            boolean coloured,
            String prefix,
            Live live) {
        this.err = err;
        this.quiet = quiet;
        this.verbose = verbose;
        this.terminal = terminal;
        this.coloured = coloured;
        this.prefix = prefix;
        this.live = live;
    }

    public static Screen onStandardError(boolean quiet, boolean verbose) {
        return onStandardError(quiet, verbose, true);
    }

    /**
     * @param colours whether colours are welcome; there are some on a terminal only, and none where
     *     {@code NO_COLOR} is set
     */
    static Screen onStandardError(boolean quiet, boolean verbose, boolean colours) {
        boolean terminal = isTerminal(2);
        String no = System.getenv("NO_COLOR");
        boolean coloured = colours && terminal && (no == null || no.isEmpty());
        return new Screen(System.err, quiet, verbose, terminal, coloured, "", new Live());
    }

    /** The same screen, for one of several targets: each line begins with its name. */
    public Screen forTarget(String name) {
        // Several live lines would fight for the one line there is.
        return new Screen(err, quiet, verbose, false, coloured, name + ": ", live);
    }

    /** Something worth knowing. */
    public void say(String message) {
        if (!quiet) {
            print(message);
        }
    }

    /** Something that is worth knowing to those who ask. */
    public void detail(String message) {
        if (verbose && !message.isBlank()) {
            message.lines().forEach(line -> print("  " + line));
        }
    }

    /** Something that is worth rejoicing over. */
    public void success(String message) {
        say(painted(GREEN, message));
    }

    /** Something that must be seen, quiet or not. */
    public void warn(String message) {
        print(painted(YELLOW, message));
    }

    /** What went wrong, and what to do. */
    public void problem(Problem problem) {
        print(painted(RED, "jtracer: " + problem.what()));
        if (!problem.todo().isEmpty()) {
            print("  " + problem.todo());
        }
    }

    /** A question, whose answer is typed behind it. */
    void ask(String question) {
        synchronized (live) {
            err.print(question);
            err.flush();
        }
    }

    /** How things stand at this moment. */
    public void live(String status) {
        if (quiet || !terminal) {
            return;
        }
        synchronized (live) {
            String padding = " ".repeat(Math.max(0, live.width - status.length()));
            err.print("\r" + status + padding);
            err.flush();
            live.width = status.length();
        }
    }

    private String painted(String colour, String message) {
        return coloured ? colour + message + PLAIN : message;
    }

    private void print(String message) {
        synchronized (live) {
            if (live.width > 0) {
                err.print("\r" + " ".repeat(live.width) + "\r");
                live.width = 0;
            }
            err.println(prefix + message);
            err.flush();
        }
    }

    /** Whether a person looks at this file descriptor. */
    static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null;
        }
    }
}
