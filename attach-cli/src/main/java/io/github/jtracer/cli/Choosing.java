package io.github.jtracer.cli;

import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What happens when nothing was asked for: a list, and on a terminal the question which.
 *
 * <p>Only a JVM that was shown can be chosen, and only by an answer that can mean nothing else:
 * recording slows a process down, so that a slip of the finger must not reach one.
 */
final class Choosing {
    /** What people type at a question that they take for one of yes or no, or to get away. */
    private static final Set<String> NONE = Set.of("n", "no", "none", "q", "quit", "exit");

    private static final int SHORTEST_NAME = 3;

    private final Screen screen;

    Choosing(Screen screen) {
        this.screen = screen;
    }

    /** The JVM to record, if a person is there who wants one. */
    Optional<Jvm> ask() throws IOException {
        JvmList list = JvmList.ofThisMachine();
        if (list.jvms().isEmpty()) {
            screen.say("There is no JVM that could be seen from here.");
            return Optional.empty();
        }
        System.out.print(list.table());
        System.out.flush();
        // The list may be read by a pager or a script: then nobody sees what he would answer to.
        if (!Screen.isTerminal(0) || !Screen.isTerminal(1) || !Screen.isTerminal(2)) {
            screen.say("Record one with `jtracer --attach PID`; see `jtracer --help`.");
            return Optional.empty();
        }
        forgetWhatWasTyped();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        while (true) {
            screen.ask("Record which one, until Ctrl+C? (pid or a part of its name; Enter: none) ");
            String answer = in.readLine();
            if (answer == null) {
                screen.say(""); // the question has no end of line yet
                return Optional.empty();
            }
            if (answer.isBlank() || NONE.contains(answer.strip().toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            try {
                Jvm chosen = chosen(answer.strip(), list.jvms());
                // Again: it may have ended since, and its pid may be another's.
                Jvm now = Jvms.attachable(chosen.pid());
                if (now.startTicks() != chosen.startTicks()) {
                    throw new Problem(
                            ExitCode.NO_SUCH_JVM,
                            "JVM " + chosen.describe() + " has ended; its pid is another's now.",
                            "Run `jtracer` again.");
                }
                return Optional.of(now);
            } catch (Problem problem) {
                screen.problem(problem);
            }
        }
    }

    /** The one of those shown that the answer stands for. */
    static Jvm chosen(String answer, List<Jvm> shown) {
        if (TargetName.isNumber(answer)) {
            return shown.stream()
                    .filter(jvm -> answer.equals(Long.toString(jvm.pid())))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new Problem(
                                            ExitCode.NO_SUCH_JVM,
                                            "No JVM of the list has the pid " + answer + ".",
                                            "Type a pid from its first column."));
        }
        if (answer.length() < SHORTEST_NAME) {
            throw new Problem(
                    ExitCode.USAGE,
                    "'" + answer + "' is too short to be a choice.",
                    "Type the pid, or more of the name.");
        }
        return new TargetName(answer).among(shown);
    }

    /** Lines that were typed, or pasted, before the question was there are no answers to it. */
    private static void forgetWhatWasTyped() throws IOException {
        System.in.readNBytes(System.in.available()); // a terminal skips nothing
    }
}
