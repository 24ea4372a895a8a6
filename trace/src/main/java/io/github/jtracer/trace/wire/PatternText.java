package io.github.jtracer.trace.wire;

/**
 * An include or exclude as it is typed, taken apart: classes and methods by name, or by what they
 * are annotated with.
 *
 * <p>The command looks whether it is one before it touches a target; the agent says what it means.
 *
 * @param text as typed, without blanks around it
 * @param annotation the annotation's name; empty if it goes by names
 * @param classes with {@code *} and {@code **}; {@code **} if there was only a method
 * @param methods with {@code *} and {@code **}; {@code **} if there was only a class
 */
public record PatternText(String text, String annotation, String classes, String methods) {
    private static final String ANY = "**";

    /**
     * @throws IllegalArgumentException if it is none of the forms that there are
     */
    public static PatternText parse(String typed) {
        String text = typed.strip();
        if (text.startsWith("@")) {
            String name = text.substring(1);
            require(name.matches("[\\p{javaJavaIdentifierPart}.]+"), typed);
            return new PatternText(text, name, "", "");
        }
        int colons = text.indexOf("::");
        String classes = colons < 0 ? text : text.substring(0, colons);
        String methods = colons < 0 ? ANY : text.substring(colons + 2);
        require(classes.matches("[\\p{javaJavaIdentifierPart}.*-]*"), typed);
        require(methods.matches("[\\p{javaJavaIdentifierPart}*<>-]+"), typed);
        require(colons >= 0 || !classes.isEmpty(), typed);
        return new PatternText(text, "", classes.isEmpty() ? ANY : classes, methods);
    }

    public boolean isAnnotation() {
        return !annotation.isEmpty();
    }

    private static void require(boolean fits, String text) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a pattern; write com.acme.**, com.acme.Order,"
                            + " com.acme.Order::total or @com.acme.Traced");
        }
    }
}
