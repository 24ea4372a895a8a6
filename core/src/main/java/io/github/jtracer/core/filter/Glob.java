package io.github.jtracer.core.filter;

import java.util.regex.Pattern;

/** A name with wildcards: {@code *} stands for anything but a dot, {@code **} for anything. */
public final class Glob {
    private final String text;
    private final String literalPrefix;
    private final Pattern regex;

    /** Whether it is a plain name, and whether it is one with anything behind it. */
    private final boolean literal;

    private final boolean prefix;

    Glob(String text) {
        this.text = text;
        int star = text.indexOf('*');
        literalPrefix = star < 0 ? text : text.substring(0, star);
        literal = star < 0;
        prefix = text.equals(literalPrefix + "**");
        regex = Pattern.compile(regexOf(text));
    }

    private static String regexOf(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '*') {
                regex.append(Pattern.quote(String.valueOf(c)));
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append("[^.]*");
            }
        }
        return regex.toString();
    }

    String text() {
        return text;
    }

    /** What every match begins with. */
    String literalPrefix() {
        return literalPrefix;
    }

    boolean matchesAll() {
        return text.equals("**") || text.equals("*");
    }

    boolean matches(String name) {
        if (!name.startsWith(literalPrefix)) {
            return false;
        }
        if (literal) {
            return name.length() == text.length();
        }
        return prefix || regex.matcher(name).matches();
    }
}
