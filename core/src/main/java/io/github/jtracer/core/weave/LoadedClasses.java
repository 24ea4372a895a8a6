package io.github.jtracer.core.weave;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import jdk.internal.misc.Unsafe;

/**
 * The loaded classes that are to be looked at.
 *
 * @param seen all of the following, and what has no code
 * @param found those that may be woven
 * @param refused names of classes that the JVM does not let anybody change
 */
record LoadedClasses(Set<Class<?>> seen, List<Class<?>> found, List<String> refused) {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** The attribute that a method with bytecode has. */
    private static final List<String> CODE = List.of("Code");

    static LoadedClasses select(Instrumentation instrumentation, ClassFilter filter) {
        return select(instrumentation, filter, Set.of(), count -> {});
    }

    /**
     * @param known classes that have been looked at before
     * @param progress is told how many have been found, again and again
     */
    static LoadedClasses select(
            Instrumentation instrumentation,
            ClassFilter filter,
            Set<Class<?>> known,
            IntConsumer progress) {
        LoadedClasses selected =
                new LoadedClasses(new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        // The time that this takes is the same however few classes are chosen: half of those that
        // are loaded are the boot loader's.
        boolean boot = filter.reachesJdk();
        ClassLoader own = LoadedClasses.class.getClassLoader();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader == null ? boot : loader != own) {
                selected.add(type, instrumentation, filter, known);
                progress.accept(selected.found.size());
            }
        }
        return selected;
    }

    private void add(
            Class<?> type,
            Instrumentation instrumentation,
            ClassFilter filter,
            Set<Class<?>> known) {
        if (type.isArray() || type.isHidden()) {
            return;
        }
        ClassFacts facts = ClassFacts.of(type);
        if (!filter.mayMatch(facts)
                || known.contains(type)
                || !mentionsRequired(type, filter.requiredAnnotations(facts))) {
            return;
        }
        seen.add(type);
        if (type.isInterface() && !ConstantPools.mentions(type, CODE)) {
            // Nothing in it can run: it need not be linked, nor woven.
            return;
        }
        if (!instrumentation.isModifiableClass(type)) {
            refused.add(type.getName());
        } else {
            found.add(type);
        }
    }

    private static boolean mentionsRequired(Class<?> type, Optional<List<String>> required) {
        return required.isEmpty() || ConstantPools.mentions(type, required.get());
    }

    /**
     * Those of them that can be retransformed: what is initialized, and of the rest what can be
     * linked; the others are reported.
     *
     * <p>Asking for its constructors links a class, without initializing it; an interface has none
     * and is asked for its fields, of which it has the fewest. Without this the retransformation
     * would link it, at the same time perhaps as another thread (JDK-8277444), and one that cannot
     * be linked would fail all.
     */
    static List<Class<?>> linkable(List<Class<?>> types, WeavingReport report) {
        List<Class<?>> linked = new ArrayList<>();
        for (Class<?> type : types) {
            try {
                if (UNSAFE.shouldBeInitialized(type)) {
                    link(type);
                }
                linked.add(type);
            } catch (OutOfMemoryError e) {
                // It says nothing about the class.
                throw e;
            } catch (Throwable e) {
                report.skippedClass(type.getName() + ": it cannot be linked: " + e);
            }
        }
        return linked;
    }

    /**
     * The answer does not matter; that it was asked for does. It may fail although the class was
     * linked, because a constructor has a parameter of a type that is missing. Its public fields,
     * of which hardly any class has one, then tell whether it was that.
     */
    private static int link(Class<?> type) {
        if (type.isInterface()) {
            return type.getDeclaredFields().length;
        }
        try {
            return type.getDeclaredConstructors().length;
        } catch (LinkageError e) {
            return type.getFields().length;
        }
    }
}
