package io.github.jtracer.tests.program;

/** Comes only when its superclass has come. */
public final class LateChild extends LateParent {
    private LateChild() {}

    public static int answer() {
        return Twin.answer();
    }
}
