package io.github.jtracer.core.filter;

import io.github.jtracer.trace.wire.PatternText;

/**
 * One {@code --include} or {@code --exclude}: which classes, which of their methods.
 *
 * <pre>
 *   com.acme.**                  every class in and below com.acme
 *   com.acme.*                   every class in com.acme itself
 *   com.acme.Order               that class; its nested ones are com.acme.Order$*
 *   com.acme.Order::total        methods of that name; `::` takes * and ** too, both mean any
 *   ::total                      methods of that name in any class
 *   @com.acme.Traced             classes, and methods, that have this annotation
 * </pre>
 *
 * <p>{@code *} stands for anything but a dot, {@code **} for anything. These are the forms that JDK
 * 25's JFR method filters have, and wildcards.
 */
public sealed interface Pattern {
    /** As it was typed. */
    String text();

    /** Classes by name, methods by name. */
    record Named(String text, Glob classes, Glob methods) implements Pattern {
        public boolean allMethods() {
            return methods.matchesAll();
        }

        /** The class name as it was typed, wildcards and all. */
        public String className() {
            return classes.text();
        }
    }

    /**
     * Classes and methods that have an annotation.
     *
     * @param descriptor the annotation's type as class files have it
     */
    record Annotated(String text, String descriptor) implements Pattern {}

    /**
     * @throws IllegalArgumentException if it is none of the forms above
     */
    static Pattern parse(String typed) {
        PatternText parts = PatternText.parse(typed);
        return parts.isAnnotation()
                ? new Annotated(parts.text(), "L" + parts.annotation().replace('.', '/') + ";")
                : new Named(parts.text(), new Glob(parts.classes()), new Glob(parts.methods()));
    }
}
