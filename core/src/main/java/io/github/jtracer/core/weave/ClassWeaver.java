package io.github.jtracer.core.weave;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import io.github.jtracer.probe.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a class file into one with probes.
 *
 * <p>Constants are added behind those it has; all but the code of the methods that get a probe is
 * copied byte for byte.
 */
final class ClassWeaver {
    /** Older class files may have subroutines, and their verifier knows no frames. */
    private static final int FIRST_VERSION = 50;

    /** HotSpot does not compile what is bigger ({@code HugeMethodLimit}). */
    private static final int HUGE_METHOD_BYTES = 8000;

    /** So that every jump still reaches where it went. */
    private static final int MAX_CODE_BYTES = 30_000;

    /** What the probes' constants take, about. */
    private static final int FIXED_BYTES = 256;

    private final ClassFilter filter;
    private final MethodIds ids;
    private final boolean trivialToo;
    private final ProbeCalls probe;

    ClassWeaver(
            ClassFilter filter,
            MethodIds ids,
            boolean trivialToo,
            Clock clock,
            boolean bounded,
            LoggedValues values) {
        this(filter, ids, trivialToo, ProbeCalls.of(clock, bounded, values));
    }

    private ClassWeaver(ClassFilter filter, MethodIds ids, boolean trivialToo, ProbeCalls probe) {
        this.filter = filter;
        this.ids = ids;
        this.trivialToo = trivialToo;
        this.probe = probe;
    }

    /** One that weaves whatever it gets, and whose ids count for nothing. */
    ClassWeaver rehearsal() {
        return new ClassWeaver(ClassFilter.everything(), new MethodIds(), false, probe);
    }

    /** What came of one class. */
    static final class Result {
        byte[] bytes;
        int woven;
        int trivial;
        int excluded;
        final Map<String, String> skipped = new HashMap<>();
    }

    /**
     * Puts probes into a class, and the parameter names that it lacks.
     *
     * @param names of its parameters, as far as the JVM forgets them
     * @throws RuntimeException if the class file is damaged
     */
    Result weave(ClassFacts facts, byte[] original, ParameterNames names) {
        ClassFile file = new ClassFile(original);
        ParameterNames lacking = names.lackingIn(file);
        Result result = new Result();
        int[] sites = new int[file.methods.size()];
        if (file.version() < FIRST_VERSION) {
            result.skipped.put("", "class file version " + file.version() + " is too old");
        } else {
            chooseSites(facts, file, result, sites);
        }
        int constants = constants(result.woven) + lacking.constants();
        if (result.woven > 0 && file.poolCount() + constants > ConstantPool.MAX) {
            result.skipped.put("", "its constant pool is full");
            result.woven = 0;
            Arrays.fill(sites, 0);
        }
        if (result.woven > 0 || !lacking.isEmpty()) {
            result.bytes = write(file, sites, lacking, values(facts));
        }
        return result;
    }

    /** Not of the JDK's: what makes text of values calls some of it. */
    private LoggedValues values(ClassFacts facts) {
        return facts.jdk() ? LoggedValues.NONE : probe.values();
    }

    private int constants(int sites) {
        int values = LoggedValues.CONSTANTS + LoggedValues.CONSTANTS_EACH * sites;
        return ProbeCalls.CONSTANTS + sites + (probe.values().any() ? values : 0);
    }

    /** A class as it was before, but with the parameter names that it lacks; null if none. */
    byte[] restore(byte[] original, ParameterNames names) {
        ClassFile file = new ClassFile(original);
        ParameterNames lacking = names.lackingIn(file);
        return lacking.isEmpty()
                ? null
                : write(file, new int[file.methods.size()], lacking, LoggedValues.NONE);
    }

    /** Finds the ids of the methods that get a probe, by their places; zero for the others. */
    private void chooseSites(ClassFacts facts, ClassFile file, Result result, int[] sites) {
        List<String> annotations = filter.asksForAnnotations() ? file.annotations() : List.of();
        String source = file.source();
        Triviality triviality = null;
        for (int i = 0; i < sites.length; i++) {
            MethodFacts method = file.methods.get(i);
            if (!method.hasCode() || !wanted(facts, annotations, method, result)) {
                continue;
            }
            String reason = unfit(method);
            if (reason != null) {
                result.skipped.put(method.key(), reason);
                continue;
            }
            if (!trivialToo) {
                if (triviality == null) {
                    triviality = new Triviality(file, name -> filter.tracesAllOf(name, facts));
                }
                if (triviality.of(method)) {
                    result.trivial++;
                    continue;
                }
            }
            int id = ids.add(facts.name(), method.name, method.descriptor, source, method.line());
            if (id < 0) {
                result.skipped.put(method.key(), "there are no more method ids");
            } else {
                sites[i] = id;
                result.woven++;
            }
        }
    }

    private boolean wanted(
            ClassFacts facts, List<String> ofClass, MethodFacts method, Result result) {
        List<String> own = filter.asksForAnnotations() ? method.annotations() : List.of();
        if (!filter.includes(facts, method.name, ofClass, own)) {
            return false;
        }
        if (filter.excludes(facts, method.name, ofClass, own)) {
            result.excluded++;
            return false;
        }
        return true;
    }

    /**
     * @param sites ids by the methods' places; zero for those that get no probe
     */
    private byte[] write(ClassFile file, int[] sites, ParameterNames lacking, LoggedValues values) {
        byte[] bytes = file.bytes;
        ByteOutput out = new ByteOutput(bytes.length + bytes.length / 4 + FIXED_BYTES);
        ConstantPool pool = new ConstantPool(file, out);
        ProbeCalls.Constants constants = probe.addTo(pool, tellsHandlers(file, sites));
        ParameterNames.Attributes names = lacking.addTo(pool);
        CodeWeaver.Site[] arguments = new CodeWeaver.Site[sites.length];
        for (int i = 0; i < sites.length; i++) {
            if (sites[i] != 0) {
                MethodFacts method = file.methods.get(i);
                arguments[i] =
                        new CodeWeaver.Site(
                                sites[i],
                                pool,
                                values.atEntry(method, pool),
                                values.atReturn(method, pool));
            }
        }
        pool.end();
        out.put(bytes, file.poolEnd, file.methodsAt + 2 - file.poolEnd);
        for (int i = 0; i < sites.length; i++) {
            MethodFacts method = file.methods.get(i);
            int begin = out.size();
            if (sites[i] == 0) {
                out.put(bytes, method.begin, method.end - method.begin);
            } else {
                CodeWeaver.weave(method, constants, arguments[i], out);
            }
            if (names.has(method)) {
                out.setU2(begin + 6, file.u2(method.begin + 6) + 1);
                names.write(method, out);
            }
        }
        out.put(bytes, file.methodsEnd, bytes.length - file.methodsEnd);
        return out.toByteArray();
    }

    private static boolean tellsHandlers(ClassFile file, int[] sites) {
        for (int i = 0; i < sites.length; i++) {
            if (sites[i] != 0 && file.methods.get(i).body().toldHandlers.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Why a method cannot have a probe, or null. */
    private String unfit(MethodFacts method) {
        MethodFacts.Body body = method.body();
        int size = method.codeLength();
        int woven = size + CodeWeaver.growth(method, probe.values());
        if (body.subroutines) {
            return "it has subroutines";
        }
        if (method.constructor() && body.initializers != 1) {
            return "it initializes its object in " + body.initializers + " places";
        }
        if (body.outOfOrder) {
            return "its object is not initialized in the order in which its code stands";
        }
        if (size <= HUGE_METHOD_BYTES && woven > HUGE_METHOD_BYTES) {
            return "with a probe it would be too large to be compiled";
        }
        return woven > MAX_CODE_BYTES ? "it is too large" : null;
    }
}
