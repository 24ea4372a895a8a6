package io.github.jtracer.tests.program;

import java.lang.reflect.Method;

/** Refers to nothing else of this package, and knows its parameters' names. */
public final class Alone {
    private Alone() {}

    public static String answer() throws NoSuchMethodException {
        Method method = Alone.class.getDeclaredMethod("sum", int.class, int.class);
        return method.getParameters()[0].getName() + " " + method.getParameters()[1].getName();
    }

    static int sum(int first, int second) {
        int sum = first;
        for (int i = 0; i < second; i++) {
            sum++;
        }
        return sum;
    }
}
