package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Session;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The JVMs that can be seen from here, as a table or as JSON. */
final class JvmList {
    private static final List<String> HEADS =
            List.of("PID", "USER", "JDK", "UP", "WHERE", "TRACER", "MAIN");

    private final List<Jvm> jvms;

    JvmList(List<Jvm> jvms) {
        this.jvms = List.copyOf(jvms);
    }

    static JvmList ofThisMachine() {
        return new JvmList(Jvms.list());
    }

    List<Jvm> jvms() {
        return jvms;
    }

    String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        for (Jvm jvm : jvms) {
            rows.add(
                    List.of(
                            Long.toString(jvm.pid()),
                            jvm.user(),
                            jvm.javaVersion().isEmpty() ? "?" : jvm.javaVersion(),
                            up(Duration.between(jvm.since(), Instant.now())),
                            jvm.container() ? "container" : "here",
                            tracer(jvm),
                            jvm.main()));
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size() - 1; column++) {
                int at = column;
                int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
                String cell = row.get(column);
                table.append(cell).append(" ".repeat(width - cell.length() + 2));
            }
            table.append(row.get(row.size() - 1)).append('\n');
        }
        return table.toString();
    }

    String json() {
        StringBuilder json = new StringBuilder("[");
        for (Jvm jvm : jvms) {
            json.append(json.length() == 1 ? "\n" : ",\n")
                    .append("{\"pid\":")
                    .append(jvm.pid())
                    .append(",\"main\":")
                    .append(quoted(jvm.main()))
                    .append(",\"user\":")
                    .append(quoted(jvm.user()))
                    .append(",\"javaVersion\":")
                    .append(quoted(jvm.javaVersion()))
                    .append(",\"since\":")
                    .append(quoted(jvm.since().toString()))
                    .append(",\"container\":")
                    .append(jvm.container())
                    .append(",\"tracer\":")
                    .append(quoted(tracer(jvm)))
                    .append('}');
        }
        return json.append(jvms.isEmpty() ? "]" : "\n]").toString();
    }

    /**
     * Looking must not change anything: a JVM that was merely attached to once still has the
     * agent's jar open, and is not asked. One that installed the tracer itself is.
     */
    private static String tracer(Jvm jvm) {
        if (!jvm.hasAgent()) {
            return "none";
        }
        if (jvm.isBeingRecorded()) {
            return "recording";
        }
        if (jvm.holdsRecording()) {
            return "kept";
        }
        return jvm.installedTracer() ? asked(jvm) : "none";
    }

    private static String asked(Jvm jvm) {
        try (Session session =
                Session.open(Jvms.attachable(jvm.pid()), Screen.onStandardError(true, false))) {
            return session.isFresh() ? "none" : session.hello().get("state");
        } catch (Problem | IOException e) {
            return "unknown";
        }
    }

    private static String up(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d" + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h" + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
                : time.toSeconds() + "s";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
