package io.github.jtracer.core;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;

/**
 * Tells the application's own marks ({@code jtracer-api}, if it is there) that there is a probe
 * now.
 *
 * <p>Until then they cost the read of one field, and could not find out at that price.
 */
final class ApplicationMarks {
    private static final String MARKS = "io.github.jtracer.Marks";

    private ApplicationMarks() {}

    static void link(Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            // Names are made when they are asked for; half of the classes are the boot loader's.
            if (type.getClassLoader() != null && type.getName().equals(MARKS)) {
                link(type);
            }
        }
    }

    private static void link(Class<?> marks) {
        try {
            Method link = marks.getDeclaredMethod("link");
            link.setAccessible(true);
            link.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Another version's, or its module is closed: its marks stay silent.
        }
    }
}
