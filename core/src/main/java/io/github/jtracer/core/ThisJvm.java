package io.github.jtracer.core;

/** What this JVM is, for headers and greetings. */
final class ThisJvm {
    private ThisJvm() {}

    static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Main class or jar, without arguments: they may be secret. */
    static String main() {
        String command = System.getProperty("sun.java.command", "");
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty() && command.startsWith(classPath)) {
            return classPath;
        }
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }

    static String description() {
        return System.getProperty("java.vm.name", "")
                + " "
                + System.getProperty("java.runtime.version", "");
    }
}
