package io.github.jtracer.tests.program;

/** Does all its work in its static initializer, as programs of some languages do. */
public final class Beginning {
    public static final String END = "io.github.jtracer.tests.end";

    static {
        while (System.getProperty(END) == null) {
            step();
        }
    }

    private Beginning() {}

    static void step() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
