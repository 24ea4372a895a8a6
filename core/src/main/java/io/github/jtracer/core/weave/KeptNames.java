package io.github.jtracer.core.weave;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;

/** The parameter names of the classes that are retransformed, where the JVM would forget them. */
final class KeptNames {
    private final Map<Class<?>, ParameterNames> kept =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** Of the jar or folder, mostly, of some class that has names. */
    private final Set<ProtectionDomain> named =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Reads the names of these classes. One whose names cannot be had is left alone: it would come
     * out of the recording without them.
     *
     * @return the classes that can be retransformed
     */
    List<Class<?>> read(List<Class<?>> types, ClassFiles files, WeavingReport report) {
        List<Class<?>> readable = new ArrayList<>();
        for (Class<?> type : types) {
            try {
                if (ParameterNames.areForgotten() && !kept.containsKey(type)) {
                    kept.put(type, namesOf(type, files));
                }
                readable.add(type);
            } catch (IOException | RuntimeException | LinkageError e) {
                report.skippedClass(
                        type.getName() + ": this JVM would forget its parameters' names: " + e);
            }
        }
        return readable;
    }

    /**
     * Where one class has names, its neighbours mostly have: it costs less to read their files at
     * once than to look first whether they mention any.
     */
    private ParameterNames namesOf(Class<?> type, ClassFiles files) throws IOException {
        ProtectionDomain domain = type.getProtectionDomain();
        boolean likely = domain != null && named.contains(domain);
        if (!likely && !ParameterNames.mayHave(type)) {
            return ParameterNames.NONE;
        }
        try {
            ParameterNames names = ParameterNames.of(new ClassFile(files.of(type)));
            if (domain != null && !names.isEmpty()) {
                named.add(domain);
            }
            return names;
        } catch (IOException | RuntimeException | LinkageError e) {
            // A generated class, perhaps, that has its neighbours' domain, but no file.
            if (likely && !ParameterNames.mayHave(type)) {
                return ParameterNames.NONE;
            }
            throw e;
        }
    }

    /** What a class that is being retransformed may lose; nothing for one on its way in. */
    ParameterNames of(Class<?> redefined) {
        ParameterNames names = redefined == null ? null : kept.get(redefined);
        return names == null ? ParameterNames.NONE : names;
    }

    /** Whether a class has names that the JVM forgets. */
    boolean hold(Class<?> type) {
        return !of(type).isEmpty();
    }

    /**
     * Does that, and puts the names into the bytes that classes get back meanwhile.
     *
     * <p>Also where there are none: with no transformer to be asked, HotSpot goes through a whole
     * batch without once looking whether the world is to stop, and so the stop for the other
     * thread's batch took 75 to 180 ms to begin.
     */
    boolean during(
            Instrumentation instrumentation, ClassWeaver weaver, BooleanSupplier retransformation) {
        Keeper keeper = new Keeper(weaver);
        instrumentation.addTransformer(keeper, true);
        try {
            return retransformation.getAsBoolean();
        } finally {
            Transformers.remove(instrumentation, keeper);
        }
    }

    private final class Keeper implements ClassFileTransformer {
        private final ClassWeaver weaver;

        Keeper(ClassWeaver weaver) {
            this.weaver = weaver;
        }

        @Override
        public byte[] transform(
                Module module,
                ClassLoader loader,
                String internalName,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] original) {
            try {
                ParameterNames names = of(redefined);
                return names.isEmpty() ? null : weaver.restore(original, names);
            } catch (Throwable e) {
                // The class gets its code back all the same.
                return null;
            }
        }
    }
}
