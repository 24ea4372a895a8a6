package io.github.jtracer.core.weave;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import jdk.internal.misc.Unsafe;

/**
 * The loaded classes that are to be looked at.
 *
 * @param looked all that have been looked at, whatever they are
 * @param seen all of the following, and what has no code
 * @param found those that may be woven
 * @param refused names of classes that the JVM does not let anybody change
 */
record LoadedClasses(
        Set<Class<?>> looked, Set<Class<?>> seen, List<Class<?>> found, List<String> refused) {
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
                new LoadedClasses(
                        new HashSet<>(), new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        // The time that this takes is the same however few classes are chosen: half of those that
        // are loaded are the boot loader's.
        boolean boot = filter.reachesJdk();
        ClassLoader own = LoadedClasses.class.getClassLoader();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            // Those that are known first: at the second time JDK 17 has only its interpreter.
            if ((loader == null ? boot : loader != own) && !known.contains(type)) {
                selected.looked.add(type);
                selected.add(type, instrumentation, filter);
                progress.accept(selected.found.size());
            }
        }
        return selected;
    }

    private void add(Class<?> type, Instrumentation instrumentation, ClassFilter filter) {
        if (type.isArray() || type.isHidden()) {
            return;
        }
        ClassFacts facts = ClassFacts.of(type);
        if (!filter.mayMatch(facts) || !mentionsRequired(type, filter.requiredAnnotations(facts))) {
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

    /**
     * Whether its code can be running, unless it is its static initializer. What is not initialized
     * is mostly not even linked, and linking it loads what it refers to.
     */
    static boolean initialized(Class<?> type) {
        return !UNSAFE.shouldBeInitialized(type);
    }

    private static boolean mentionsRequired(Class<?> type, Optional<List<String>> required) {
        return required.isEmpty() || ConstantPools.mentions(type, required.get());
    }

    /**
     * Those of them that can be retransformed: what is initialized, and of the rest what can be
     * linked; the others are reported.
     *
     * <p>Asking for its public fields links a class, without initializing it. Without this the
     * retransformation would link it, at the same time perhaps as another thread (JDK-8277444), and
     * one that cannot be linked would fail all.
     */
    static List<Class<?>> linkable(List<Class<?>> types, WeavingReport report) {
        return linkable(types, report, () -> true);
    }

    /**
     * As {@link #linkable(List, WeavingReport)}.
     *
     * @param goOn whether it is still wanted; if not, there are none
     */
    static List<Class<?>> linkable(
            List<Class<?>> types, WeavingReport report, BooleanSupplier goOn) {
        List<Class<?>> linked = new ArrayList<>();
        for (Class<?> type : types) {
            if (!goOn.getAsBoolean()) {
                return List.of();
            }
            try {
                if (!initialized(type)) {
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
     * The answer does not matter; that it was asked for does. Hardly any class has public fields,
     * so hardly anything is loaded for the answer. It may fail although the class was linked,
     * because the type of a field is missing. Its constructors then tell whether it was that.
     */
    private static int link(Class<?> type) {
        try {
            return type.getFields().length;
        } catch (LinkageError e) {
            return type.isInterface()
                    ? type.getDeclaredFields().length
                    : type.getDeclaredConstructors().length;
        }
    }
}
