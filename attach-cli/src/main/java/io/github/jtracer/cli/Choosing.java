package io.github.jtracer.cli;

import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;

/** What happens when nothing was asked for: a list, and on a terminal the question which. */
final class Choosing {
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
        if (!Screen.isTerminal(0) || !Screen.isTerminal(2)) {
            screen.say("Record one with `jtracer --attach PID`; see `jtracer --help`.");
            return Optional.empty();
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        while (true) {
            screen.ask("Record which one, until Ctrl+C? (pid or a part of its name; Enter: none) ");
            String answer = in.readLine();
            if (answer == null || answer.isBlank()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Jvms.attachable(new TargetName(answer.strip()).pid()));
            } catch (Problem problem) {
                screen.problem(problem);
            }
        }
    }
}
