package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A first look at a class file: what its methods are, and which of them are trivial. */
final class ClassScan extends ClassVisitor {
    /** The most bytecode that HotSpot inlines where it is hot ({@code FreqInlineSize}). */
    private static final int TRIVIAL_BYTES = 325;

    final List<String> annotations = new ArrayList<>();
    final Map<String, MethodFacts> methods = new HashMap<>();
    private final Map<String, Boolean> trivial = new HashMap<>();
    private final Set<MethodFacts> asking = new HashSet<>();
    String source = "";
    int version;
    private String name = "";
    private String superName = "";

    private ClassScan() {
        super(Opcodes.ASM9);
    }

    static ClassScan of(ClassReader reader) {
        ClassScan scan = new ClassScan();
        reader.accept(scan, ClassReader.SKIP_FRAMES);
        return scan;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            String signature,
            String superName,
            String[] interfaces) {
        this.version = version & 0xFFFF;
        this.name = name;
        this.superName = superName == null ? "" : superName;
    }

    @Override
    public void visitSource(String source, String debug) {
        this.source = source == null ? "" : source;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        annotations.add(descriptor);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodFacts facts = new MethodFacts(name, superName, access, method, descriptor);
        methods.put(facts.key(), facts);
        return facts;
    }

    /**
     * Whether a method is too small to matter: it can return without calling anything, or it only
     * passes on to one other method; for itself it takes no longer than its own few instructions
     * do.
     *
     * <p>It has no loop and no lock, allocates no array of unknown size, and is no bigger than what
     * is inlined. A call does not count if what it calls is trivial too, or if it only serves to
     * throw an exception. There may be other ways through it that do call something long: a cache's
     * miss, a full buffer. What is called there has to be traced itself, so that nothing long is
     * missing from the timeline, at most the name of who called it. So nothing else of the JDK's,
     * of interfaces, or outside of the filter may be called, and nothing that could be a recursion:
     * this method, or another class's of the same name. A bridge that the compiler made to call the
     * method of its own name is left alone too. In the application's own classes nothing counts as
     * traced: there a trivial method is one that calls nothing at all.
     *
     * @param traced whether all methods of that class (its internal name) are traced
     */
    boolean trivial(MethodFacts method, Predicate<String> traced) {
        Boolean known = trivial.get(method.key());
        if (known == null) {
            asking.add(method);
            known =
                    method.bridge()
                            || plain(method)
                                    && method.flow.quick(call -> cost(method, call, traced));
            asking.remove(method);
            trivial.put(method.key(), known);
        }
        return known;
    }

    private static boolean plain(MethodFacts method) {
        return method.hasCode()
                && !method.loops
                && !method.locks
                && method.size <= TRIVIAL_BYTES
                && (method.access & Opcodes.ACC_SYNCHRONIZED) == 0
                && !method.name.equals("<clinit>");
    }

    private Flow.Cost cost(MethodFacts caller, Flow.Call call, Predicate<String> traced) {
        if (!call.certain() || call.owner().isEmpty()) {
            return Flow.Cost.UNKNOWN;
        }
        if (!call.owner().equals(name)) {
            return call.method().startsWith(caller.name + '(') || !traced.test(call.owner())
                    ? Flow.Cost.UNKNOWN
                    : Flow.Cost.TRACED;
        }
        MethodFacts callee = methods.get(call.method());
        if (callee == null || asking.contains(callee) || callee.isNative()) {
            return Flow.Cost.UNKNOWN;
        }
        if (trivial(callee, traced) && !overridable(callee)) {
            return Flow.Cost.NONE;
        }
        return traced.test(name) ? Flow.Cost.TRACED : Flow.Cost.UNKNOWN;
    }

    private static boolean overridable(MethodFacts method) {
        return !method.constructor()
                && (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL))
                        == 0;
    }
}
