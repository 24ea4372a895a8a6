package io.github.jtracer.core.filter;

import java.util.regex.Pattern;

/**
 * A name with wildcards: {@code *} stands for anything but a dot, {@code **} for anything.
 *
 * <p>It is asked several times for each class that is loaded; so only one with a single star in it
 * is a regular expression.
 */
public final class Glob {
    private final String text;
    private final String literalPrefix;

    /** What stands between the double stars; null if there is a single one. */
    private final String[] pieces;

    /** Null if there are pieces. */
    private final Pattern regex;

    Glob(String text) {
        this.text = text;
        int star = text.indexOf('*');
        literalPrefix = star < 0 ? text : text.substring(0, star);
        String[] parts = text.split("\\*\\*", -1);
        boolean single = String.join("", parts).indexOf('*') >= 0;
        pieces = single ? null : parts;
        regex = single ? Pattern.compile(regexOf(text)) : null;
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
        return pieces == null ? regex.matcher(name).matches() : matchesPieces(name);
    }

    /** Each piece where it comes first; the last one at the end. */
    private boolean matchesPieces(String name) {
        int last = pieces.length - 1;
        if (last == 0) {
            return name.length() == text.length();
        }
        int at = literalPrefix.length();
        for (int i = 1; i < last; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return name.length() - pieces[last].length() >= at && name.endsWith(pieces[last]);
    }
}
