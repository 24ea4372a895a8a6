package io.github.jtracer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the options of {@code JTRACER_OPTIONS} before those that were typed, which then win. */
final class Environment {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private Environment() {}

    /**
     * @param options words as in a shell, quotes included; may be null
     * @param typed the command line
     */
    static String[] join(@Nullable String options, String... typed) {
        if (options == null || options.isBlank()) {
            return typed;
        }
        List<String> words = new ArrayList<>(List.of(typed));
        words.addAll(place(typed), words(options));
        return words.toArray(String[]::new);
    }

    /** Behind `run`, which has these options too; else before everything. */
    private static int place(String... typed) {
        return typed.length > 0 && typed[0].equals("run") ? 1 : 0;
    }

    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(options);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    words.add(matcher.group(group));
                }
            }
        }
        return words;
    }
}
