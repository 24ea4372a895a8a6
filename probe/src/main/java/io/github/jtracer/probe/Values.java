package io.github.jtracer.probe;

/**
 * Arguments and return values as text.
 *
 * <p>No code of the application's runs for it: a {@code toString()} may take a lock, load lazily,
 * or never come back. What is not a primitive, a string, an enum constant, a class, or one of the
 * JDK's own numbers and times is shown as its class and identity.
 */
final class Values {
    private static final int MAX_CHARS = 80;

    private Values() {}

    /**
     * The text of a {@link EventWord#MARK_ARGUMENTS}.
     *
     * @param names of the values, with commas between
     */
    static String arguments(String names, Object[] values) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int comma = names.indexOf(',', from);
            int to = comma < 0 ? names.length() : comma;
            text.append('\0').append(names, from, to).append('\0');
            append(text, value);
            from = to + 1;
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof String string) {
            text.append('"');
            appendCut(text, string);
            text.append(string.length() > MAX_CHARS ? "" : "\"");
        } else if (value instanceof Character character) {
            text.append('\'')
                    .append(character == 0 ? '\uFFFD' : character.charValue())
                    .append('\'');
        } else if (value == null || isBox(value)) {
            text.append(value);
        } else if (value instanceof Enum<?> constant) {
            text.append(constant.name());
        } else if (value instanceof Class<?> type) {
            text.append(type.getName());
        } else if (isPlain(value.getClass())) {
            appendCut(text, value.toString());
        } else {
            Class<?> type = value.getClass();
            text.append(type.isArray() ? type.getComponentType().getName() : type.getName());
            if (type.isArray()) {
                text.append('[').append(java.lang.reflect.Array.getLength(value)).append(']');
            } else {
                text.append('@').append(Integer.toHexString(System.identityHashCode(value)));
            }
        }
    }

    private static void appendCut(StringBuilder text, String string) {
        int end = Math.min(string.length(), MAX_CHARS);
        for (int i = 0; i < end; i++) {
            char unit = string.charAt(i);
            text.append(unit == 0 ? '\uFFFD' : unit);
        }
        text.append(end < string.length() ? "\u2026" : "");
    }

    /** Whether it is a class of the JDK whose objects never change, and soon say what they are. */
    private static boolean isPlain(Class<?> type) {
        if (type.getClassLoader() != null) {
            return false;
        }
        String name = type.getName();
        return name.equals("java.math.BigDecimal")
                || name.equals("java.math.BigInteger")
                || name.equals("java.util.UUID")
                || name.startsWith("java.time.") && name.indexOf('.', 10) < 0;
    }

    private static boolean isBox(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }
}
