package io.github.jtracer.trace;

/** Renders method descriptors for people. */
final class Descriptors {
    /** {@code (Ljava/lang/String;[I)V} becomes {@code (String, int[])}. */
    static String parameters(String descriptor) {
        StringBuilder text = new StringBuilder("(");
        int i = 1;
        while (i < descriptor.length() && descriptor.charAt(i) != ')') {
            if (text.length() > 1) {
                text.append(", ");
            }
            int dimensions = 0;
            while (i < descriptor.length() && descriptor.charAt(i) == '[') {
                dimensions++;
                i++;
            }
            if (i >= descriptor.length()) {
                break;
            }
            char type = descriptor.charAt(i);
            if (type == 'L') {
                int end = descriptor.indexOf(';', i);
                String name = descriptor.substring(i + 1, end < 0 ? descriptor.length() : end);
                text.append(simpleName(name));
                i = end < 0 ? descriptor.length() : end + 1;
            } else {
                text.append(primitive(type));
                i++;
            }
            text.append("[]".repeat(dimensions));
        }
        return text.append(')').toString();
    }

    private static String simpleName(String internalName) {
        return internalName.substring(
                1 + Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')));
    }

    private static String primitive(char type) {
        return switch (type) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> String.valueOf(type);
        };
    }

    private Descriptors() {}
}
