package io.github.jtracer.core.weave;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import io.github.jtracer.probe.Clock;
import io.github.jtracer.probe.EventWord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Turns a class file into one with probes.
 *
 * <p>The constant pool is copied and frames are passed through; methods that get no probe are
 * copied byte for byte.
 */
final class ClassWeaver {
    /** Older class files may have subroutines, and their verifier knows no frames. */
    private static final int FIRST_VERSION = Opcodes.V1_6;

    /** HotSpot does not compile what is bigger ({@code HugeMethodLimit}). */
    private static final int HUGE_METHOD_BYTES = 8000;

    private static final int PROBE_CALL_BYTES = 6;
    private static final int FIXED_PROBE_BYTES = 3 * PROBE_CALL_BYTES + 8;

    private final ClassFilter filter;
    private final MethodIds ids;
    private final boolean trivialToo;
    private final ProbeCalls probe;

    ClassWeaver(
            ClassFilter filter, MethodIds ids, boolean trivialToo, Clock clock, boolean bounded) {
        this(filter, ids, trivialToo, ProbeCalls.of(clock, bounded));
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
        final Map<String, String> skipped = new HashMap<>();
    }

    /**
     * @param lacking parameter names that these bytes lack and the woven ones are to have
     */
    Result weave(ClassFacts facts, byte[] original, ParameterNames lacking) {
        ClassReader reader = new ClassReader(original);
        ClassScan scan = ClassScan.of(reader);
        Result result = new Result();
        if (scan.version < FIRST_VERSION) {
            result.skipped.put("", "class file version " + scan.version + " is too old");
            return result;
        }
        Map<String, Integer> sites = sites(facts, scan, result);
        if (sites.isEmpty()) {
            return result;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Visitor(writer, scan, sites, lacking), 0);
        try {
            result.bytes = writer.toByteArray();
            result.woven = sites.size();
        } catch (MethodTooLargeException e) {
            result.skipped.put(e.getMethodName(), "it would be larger than 64 KB");
        }
        return result;
    }

    /** The sites of the methods that get a probe, by name and descriptor. */
    private Map<String, Integer> sites(ClassFacts facts, ClassScan scan, Result result) {
        Map<String, Integer> sites = new HashMap<>();
        for (MethodFacts method : scan.methods.values()) {
            if (method.hasCode()
                    && filter.matches(facts, method.name, scan.annotations, method.annotations)) {
                String reason = unfit(method);
                if (reason != null) {
                    result.skipped.put(method.key(), reason);
                } else if (!trivialToo
                        && scan.trivial(method, name -> filter.tracesAllOf(name, facts))) {
                    result.trivial++;
                } else {
                    int id =
                            ids.add(
                                    facts.name(),
                                    method.name,
                                    method.descriptor,
                                    scan.source,
                                    method.line);
                    if (id < 0) {
                        result.skipped.put(method.key(), "there are no more method ids");
                    } else {
                        sites.put(method.key(), id << EventWord.ID_SHIFT);
                    }
                }
            }
        }
        return sites;
    }

    /** Why a method cannot have a probe, or null. */
    private static String unfit(MethodFacts method) {
        int probes = method.returns + method.handlers.size();
        int woven = method.size + method.constants + FIXED_PROBE_BYTES + PROBE_CALL_BYTES * probes;
        if (method.subroutines) {
            return "it has subroutines";
        }
        if (method.constructor() && method.initializerCalls != 1) {
            return "it initializes its object in " + method.initializerCalls + " places";
        }
        if (method.initializesOutOfOrder()) {
            return "its object is not initialized in the order in which its code stands";
        }
        if (method.size <= HUGE_METHOD_BYTES && woven > HUGE_METHOD_BYTES) {
            return "with a probe it would be too large to be compiled";
        }
        return woven > 30_000 ? "it is too large" : null;
    }

    /** Hands the chosen methods to a {@link MethodWeaver}. */
    private final class Visitor extends ClassVisitor {
        private final ClassScan scan;
        private final Map<String, Integer> sites;
        private final ParameterNames lacking;
        private String name = "";
        private String superName = "";

        Visitor(
                ClassVisitor next,
                ClassScan scan,
                Map<String, Integer> sites,
                ParameterNames lacking) {
            super(Opcodes.ASM9, next);
            this.scan = scan;
            this.sites = sites;
            this.lacking = lacking;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            this.name = name;
            this.superName = superName == null ? "" : superName;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                String signature,
                String[] exceptions) {
            MethodVisitor next =
                    lacking.putInto(
                            super.visitMethod(access, method, descriptor, signature, exceptions),
                            method + descriptor);
            Integer site = sites.get(method + descriptor);
            MethodFacts facts = scan.methods.get(method + descriptor);
            return site == null || facts == null
                    ? next
                    : new MethodWeaver(next, probe, site, facts, name, superName);
        }
    }

    static List<String> describe(String className, Map<String, String> skipped) {
        return skipped.entrySet().stream()
                .map(entry -> className + " " + entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
