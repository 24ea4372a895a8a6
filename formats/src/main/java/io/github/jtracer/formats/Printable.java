package io.github.jtracer.formats;

import java.util.regex.Pattern;

/** Names on a terminal: whatever a trace says, it must neither steer the terminal nor turn text. */
final class Printable {
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]");

    /** One line, with a replacement character for each that is not shown but does something. */
    static String line(String text) {
        return STEERING.matcher(text).replaceAll("\uFFFD");
    }

    private Printable() {}
}
