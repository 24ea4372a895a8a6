package io.github.jtracer.core.weave;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import io.github.jtracer.core.own.OwnThreads;
import io.github.jtracer.probe.Clock;
import io.github.jtracer.trace.TracedMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Weaves the classes of one recording, and gives them their bytes back.
 *
 * <p>What is loaded already is retransformed in as few batches as a pause allows: each is one stop
 * of the world with a cost of its own. What is loaded later is woven by {@link #transform} on its
 * way in.
 */
public final class Weaver implements ClassFileTransformer {
    private static final long OUT_OF_MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Instrumentation instrumentation;
    private final ClassFilter filter;
    private final ClassWeaver weaver;
    private final MethodIds ids = new MethodIds();
    private final WeavingReport report = new WeavingReport();
    private final Retransformer retransformer;
    private final Retransformer back;

    /** Names of the classes that have probes; several loaders' classes may share one. */
    private final Set<String> woven = new HashSet<>();

    /** Whether this thread is in the transformer: a class that it loads itself is not woven. */
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

    /** A class before there is one. */
    private record Named(String name, ClassLoader loader) {}

    /** Classes that the transformer has seen on their way in, while the others were woven. */
    private final Set<Named> onTheirWay = ConcurrentHashMap.newKeySet();

    private final Arrivals arrivals = new Arrivals();
    private final KeptNames keptNames = new KeptNames();

    private final UnusedClasses unused;

    /** Whether a class may have lost its parameters' names without having been woven. */
    private volatile boolean unrestored;

    private final boolean reachesJdk;
    private volatile boolean weavingLoaded;
    private volatile boolean weaving = true;

    /**
     * @param instrumentation must be able to retransform; the transformer is added to and removed
     *     from this one
     * @param bounded whether there is a minimum duration or a maximum depth
     * @param values which values of calls are recorded
     */
    public Weaver(
            Instrumentation instrumentation,
            ClassFilter filter,
            boolean trivialToo,
            Clock clock,
            boolean bounded,
            LoggedValues values) {
        this.instrumentation = instrumentation;
        this.filter = filter;
        this.reachesJdk = filter.reachesJdk();
        this.weaver = new ClassWeaver(filter, ids, trivialToo, clock, bounded, values);
        this.unused = new UnusedClasses(instrumentation, report);
        this.retransformer =
                new Retransformer(instrumentation, report, Retransformer.TWO, Retransformer.BATCH);
        this.back =
                new Retransformer(
                        instrumentation, report, Retransformer.TWO, Retransformer.SMALL_BATCH);
    }

    /** Loads what weaving needs, for whoever will weave in a moment. */
    public static void load() {
        new Weaver(null, ClassFilter.everything(), false, Clock.NANO, false, LoggedValues.NONE)
                .rehearse();
    }

    /**
     * Puts probes into all that is in use, and from now on into all that is loaded. Where there are
     * many that are not initialized, {@link #weavePostponed} has to be called for them.
     */
    public void weave() {
        report.time("rehearse", this::rehearse);
        weavingLoaded = true;
        instrumentation.addTransformer(this, true);
        try (WithoutC2 withoutC2 = new WithoutC2();
                ClassFiles files = new ClassFiles()) {
            LoadedClasses loaded =
                    report.timed("find classes", () -> select(Set.of(), withoutC2::expect));
            loaded.refused().forEach(report::skippedClass);
            List<Class<?>> first = unused.setAside(loaded.found());
            report.time(
                    "weave and retransform",
                    () -> retransformer.retransform(first, types -> ready(types, files)));
            report.time(
                    "weave what came meanwhile",
                    () ->
                            retransformer.retransform(
                                    arrivedMeanwhile(loaded), types -> ready(types, files)));
        } finally {
            weavingLoaded = false;
            onTheirWay.clear();
        }
    }

    /** Puts probes into what {@link #weave} has left, while it records already. */
    public void weavePostponed() {
        unused.weave(this::ready, () -> weaving);
    }

    private LoadedClasses select(Set<Class<?>> known, IntConsumer progress) {
        return LoadedClasses.select(instrumentation, filter, known, progress);
    }

    /** Those that can be retransformed, made ready for it. */
    private List<Class<?>> ready(List<Class<?>> types, ClassFiles files) {
        List<Class<?>> linked =
                report.timed(
                        "link what is not initialized, both threads",
                        () -> LoadedClasses.linkable(types, report, () -> weaving));
        return report.timed(
                "read parameter names, both threads",
                () -> {
                    List<Class<?>> readable = keptNames.read(linked, files, report);
                    return weaving ? readable : List.of();
                });
    }

    /**
     * Weaves one of our own classes, for nothing. Whatever the transformer needs is loaded then: a
     * class that it first needed while that very class was being loaded could never be loaded
     * again. So is what waits for heap where there is none: to look for a class takes some.
     */
    private void rehearse() {
        LockSupport.parkNanos(1);
        ClassFacts facts = ClassFacts.of(ClassWeaver.class);
        String resource = ClassWeaver.class.getName().replace('.', '/') + ".class";
        try (InputStream in = ClassWeaver.class.getClassLoader().getResourceAsStream(resource)) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            ClassWeaver rehearsal = weaver.rehearsal();
            rehearsal.weave(facts, bytes, ParameterNames.example(new ClassFile(bytes)));
            filter.mayMatch(facts);
            filter.includes(facts, "rehearse", List.of(), List.of());
            filter.excludes(facts, "rehearse", List.of(), List.of());
            new WeavingReport().add("rehearsal", new ClassWeaver.Result());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Classes that were being defined when the transformer was added: they went past it, and were
     * not yet in the list of loaded classes.
     */
    private List<Class<?>> arrivedMeanwhile(LoadedClasses before) {
        List<Class<?>> arrived = new ArrayList<>();
        for (Class<?> type : select(before.looked(), count -> {}).found()) {
            if (!onTheirWay.contains(new Named(type.getName(), type.getClassLoader()))) {
                arrived.add(type);
            }
        }
        return arrived;
    }

    /** From now on no class gets probes. */
    public void noMore() {
        weaving = false;
    }

    /**
     * Takes all probes out, after {@link #noMore}. Afterwards no class has one, or the report says
     * which. Where the target has no heap left this is tried again for some seconds.
     *
     * @return whether the JVM has come to a safepoint, or no method ever had a probe
     */
    public boolean unweave() {
        long deadline = System.nanoTime() + OUT_OF_MEMORY_NANOS;
        while (true) {
            try {
                instrumentation.removeTransformer(this);
                try (WithoutC2 quiet = WithoutC2.forClasses(wovenNames().size())) {
                    return takeOut(deadline);
                }
            } catch (RuntimeException | Error e) {
                // Without heap it may be anything: the first that ran out left others without
                // what they needed.
                if (System.nanoTime() - deadline > 0) {
                    if (e instanceof OutOfMemoryError) {
                        return false;
                    }
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private boolean takeOut(long deadline) {
        report.time("wait for classes on their way in", () -> arrivals.await(instrumentation));
        Set<String> names = wovenNames();
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if ((names.contains(type.getName()) || unrestored && keptNames.hold(type))
                    && instrumentation.isModifiableClass(type)) {
                classes.add(type);
            }
        }
        // What was woven on its way in and never linked since would fail its whole batch.
        List<Class<?>> linked = LoadedClasses.linkable(classes, report);
        // Those that came while it was woven have all names until now.
        try (ClassFiles files = new ClassFiles()) {
            keptNames.read(linked, files, report);
        }
        boolean done =
                report.timed(
                        "unweave",
                        () ->
                                keptNames.during(
                                        instrumentation,
                                        weaver,
                                        () -> back.retransform(linked, List::copyOf, deadline)));
        if (arrivals.areLate(instrumentation)) {
            OwnThreads.tryStart(
                    "jtracer-late",
                    () -> arrivals.awaitLate(instrumentation, late -> unweaveLate(late)));
        }
        return done;
    }

    /** For classes that were still on their way in when all others got their bytes back. */
    private void unweaveLate(List<Class<?>> late) {
        List<Class<?>> linked = LoadedClasses.linkable(late, report);
        back.retransform(linked, List::copyOf, System.nanoTime() + OUT_OF_MEMORY_NANOS);
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String internalName,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] original) {
        if (internalName == null || loader == null && !reachesJdk || inside.get() != null) {
            return null;
        }
        inside.set(Boolean.TRUE);
        arrivals.begin();
        try {
            ClassFacts facts =
                    new ClassFacts(internalName.replace('/', '.'), module, loader, domain);
            if (!weaving || own(loader) || !filter.mayMatch(facts)) {
                return unwoven(redefined, original);
            }
            byte[] bytes = weave(facts, original, keptNames.of(redefined));
            if (redefined == null && weavingLoaded) {
                onTheirWay.add(new Named(facts.name(), loader));
            }
            if (bytes != null && redefined == null) {
                arrivals.add(facts.name(), loader);
            }
            return bytes;
        } catch (Throwable e) {
            // The class stays as it is. Whatever it was must not reach the thread that loads it.
            unrestored = true;
            byte[] bytes = unwoven(redefined, original);
            report.skipped(internalName.replace('/', '.') + ": " + e);
            return bytes;
        } finally {
            arrivals.end();
            inside.remove();
        }
    }

    /** What a class that gets no probes has to be given: nothing, if the JVM keeps all of it. */
    private byte[] unwoven(Class<?> redefined, byte[] original) {
        ParameterNames names = keptNames.of(redefined);
        return names.isEmpty() ? null : weaver.restore(original, names);
    }

    private static boolean own(ClassLoader loader) {
        return loader != null && loader == Weaver.class.getClassLoader();
    }

    private byte[] weave(ClassFacts facts, byte[] original, ParameterNames names) {
        ClassWeaver.Result result = weaver.weave(facts, original, names);
        report.add(facts.name(), result);
        if (result.woven > 0) {
            synchronized (woven) {
                woven.add(facts.name());
            }
        }
        return result.bytes;
    }

    /** The methods that have, or had, a probe. */
    public List<TracedMethod> methods() {
        return ids.all();
    }

    /** How many these are by now. */
    public int methodCount() {
        return ids.size();
    }

    /** How many loaded classes are included, but excluded as a whole. */
    public int excludedClasses() {
        if (!filter.hasExcludes()) {
            return 0;
        }
        Set<Class<?>> included =
                LoadedClasses.select(instrumentation, filter.withoutExcludes()).seen();
        return included.size() - LoadedClasses.select(instrumentation, filter).seen().size();
    }

    public WeavingReport report() {
        return report;
    }

    /** Names of the classes that have, or had, a probe. */
    public Set<String> wovenNames() {
        synchronized (woven) {
            return new HashSet<>(woven);
        }
    }
}
