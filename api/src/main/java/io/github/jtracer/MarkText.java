package io.github.jtracer;

/** What a mark says, as the probe takes it: a name, then U+0000 before each key and each value. */
final class MarkText {
    private static final char SEPARATOR = '\0';

    private final StringBuilder arguments = new StringBuilder();
    private String name;

    MarkText(String name) {
        this.name = clean(name);
    }

    MarkText rename(String newName) {
        name = clean(newName);
        return this;
    }

    MarkText put(String key, Object value) {
        arguments.append(SEPARATOR).append(clean(key));
        arguments.append(SEPARATOR).append(clean(String.valueOf(value)));
        return this;
    }

    MarkText putAll(MarkText others) {
        arguments.append(others.arguments);
        return this;
    }

    private static String clean(String part) {
        return part.indexOf(SEPARATOR) < 0 ? part : part.replace(SEPARATOR, ' ');
    }

    @Override
    public String toString() {
        return name + arguments;
    }
}
