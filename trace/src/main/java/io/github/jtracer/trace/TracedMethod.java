package io.github.jtracer.trace;

/**
 * A method that was woven, as the recording describes it.
 *
 * @param id what its events carry, unique in the recording
 * @param className with dots, nested classes with a dollar sign; empty if only a name is known
 * @param name as in the class file ({@code <init>} for constructors)
 * @param descriptor as in the class file; empty if not known
 * @param sourceFile such as {@code Order.java}; empty if not known
 * @param line first line, or -1
 */
public record TracedMethod(
        int id, String className, String name, String descriptor, String sourceFile, int line) {
    /** {@code package.Class.method}, without parameters. */
    public String qualifiedName() {
        return className.isEmpty() ? name : className + '.' + name;
    }
}
