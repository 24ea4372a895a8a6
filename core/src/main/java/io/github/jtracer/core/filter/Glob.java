package io.github.jtracer.core.filter;

import java.util.regex.Pattern;

/**
 * A name with wildcards: {@code *} stands for anything but a dot, {@code **} for anything.
 *
 * <p>It is asked several times for each class that is loaded. So a regular expression has the last
 * word only, and only where there is a single star.
 */
public final class Glob {
    private final String text;
    private final String literalPrefix;

    /** What stands between the stars, or between the double ones if there are no others. */
    private final String[] pieces;

    /** Null if there are only double stars. */
    private final Pattern regex;

    Glob(String text) {
        this.text = text;
        int star = text.indexOf('*');
        literalPrefix = star < 0 ? text : text.substring(0, star);
        String[] parts = text.split("\\*\\*", -1);
        boolean single = String.join("", parts).indexOf('*') >= 0;
        pieces = single ? text.split("\\*+", -1) : parts;
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
        return name.startsWith(literalPrefix)
                && matchesPieces(name)
                && (regex == null || regex.matcher(name).matches());
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
