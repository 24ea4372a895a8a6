package io.github.jtracer.tests.program;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Knows its parameters' names, as frameworks ask for them: compiled with {@code -parameters}. */
public final class Named {
    private Named() {}

    public static String answer() {
        return names(Named.class) + "; " + names(Bare.class);
    }

    static int sum(int first, int second) {
        int sum = first;
        for (int i = 0; i < second; i++) {
            sum++;
        }
        return sum;
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> Arrays.stream(method.getParameters()))
                .map(Parameter::getName)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Has nothing to weave but what is trivial. */
    static final class Bare {
        private Bare() {}

        static int same(int number) {
            return number;
        }
    }
}
