package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What is known of a method before it is woven: how big it is, what it does, where it stands in the
 * source.
 */
final class MethodFacts extends MethodVisitor {
    private static final String CONSTRUCTOR = "<init>";

    /**
     * Classes of the JDK whose methods take no longer than a few instructions: compilers have them
     * as intrinsics or inline them whole.
     */
    private static final Set<String> CHEAP_OWNERS =
            Set.of(
                    "java/lang/Object",
                    "java/lang/Math",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Boolean",
                    "java/lang/Character",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Float",
                    "java/lang/Double",
                    "java/lang/Enum",
                    "java/util/Objects",
                    "java/util/Optional");

    /** Their methods that run somebody else's code, or a loop. */
    private static final Set<String> EXPENSIVE_NAMES =
            Set.of(
                    "wait",
                    "notify",
                    "notifyAll",
                    "toString",
                    "equals",
                    "hashCode",
                    "hash",
                    "map",
                    "flatMap",
                    "filter",
                    "ifPresent",
                    "ifPresentOrElse",
                    "or",
                    "orElseGet",
                    "orElseThrow",
                    "requireNonNullElseGet");

    /** More of the kind, one by one. Never an interface's: a lazy list asks a database. */
    private static final Set<String> CHEAP_METHODS =
            Set.of(
                    "java/lang/String.length",
                    "java/lang/String.charAt",
                    "java/lang/String.isEmpty",
                    "java/lang/String.equals",
                    "java/lang/String.hashCode",
                    "java/lang/Class.isInstance",
                    "java/lang/System.arraycopy",
                    "java/lang/System.identityHashCode",
                    "java/util/ArrayList.get",
                    "java/util/ArrayList.size",
                    "java/util/ArrayList.isEmpty",
                    "java/util/BitSet.get",
                    "java/util/BitSet.set");

    final String name;
    final String descriptor;
    final int access;
    final List<String> annotations = new ArrayList<>();

    /** Its calls, and the ways around them; of no use if it {@link #loops}. */
    final Flow flow = new Flow();

    int line = -1;
    int size;
    int returns;
    boolean loops;
    boolean locks;
    boolean subroutines;
    int initializerCalls;

    /** Instructions that load a constant; each may be a byte larger than counted. */
    int constants;

    /** Handlers of the method's own. */
    final Set<Label> handlers = new HashSet<>();

    private final String owner;
    private final String superName;
    private final Set<Label> passed = new HashSet<>();
    private final InitializationOrder order = new InitializationOrder();
    private int pendingNews;

    /** Size behind the last constant that was pushed. */
    private int constantEnd = -1;

    MethodFacts(String owner, String superName, int access, String name, String descriptor) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.superName = superName;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
    }

    String key() {
        return name + descriptor;
    }

    boolean hasCode() {
        return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    }

    boolean isNative() {
        return (access & Opcodes.ACC_NATIVE) != 0;
    }

    /** Made by the compiler to call the method of the same name. */
    boolean bridge() {
        return (access & Opcodes.ACC_BRIDGE) != 0;
    }

    boolean constructor() {
        return name.equals(CONSTRUCTOR);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        annotations.add(descriptor);
        return null;
    }

    @Override
    public void visitLineNumber(int lineNumber, Label start) {
        if (line < 0) {
            line = lineNumber;
        }
    }

    /** Whether code that runs before the object is initialized stands behind that. */
    boolean initializesOutOfOrder() {
        return constructor() && order.isBroken();
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        handlers.add(handler);
        order.handler(start, handler);
    }

    @Override
    public void visitLabel(Label label) {
        passed.add(label);
        order.label(label);
        flow.label(label);
    }

    @Override
    public void visitInsn(int opcode) {
        size++;
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            returns++;
            flow.returns();
        } else if (opcode == Opcodes.ATHROW) {
            flow.stops();
        } else if (opcode >= Opcodes.ICONST_0 && opcode <= Opcodes.ICONST_5) {
            constantEnd = size;
        }
        locks |= opcode == Opcodes.MONITORENTER;
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            array();
        }
        size += opcode == Opcodes.SIPUSH ? 3 : 2;
        constantEnd = opcode == Opcodes.BIPUSH ? size : constantEnd;
    }

    /** Clearing an array of who knows what size takes who knows how long. */
    private void array() {
        if (constantEnd != size) {
            flow.call("", "", false);
        }
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        size += variable < 4 ? 1 : variable < 256 ? 2 : 4;
        subroutines |= opcode == Opcodes.RET;
        if (variable == 0 && opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
            order.thisOverwritten();
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            array();
        }
        size += 3;
        if (opcode == Opcodes.NEW) {
            pendingNews++;
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String fieldOwner, String field, String type) {
        size += 3;
    }

    @Override
    public void visitMethodInsn(
            int opcode, String callee, String method, String type, boolean isInterface) {
        size += opcode == Opcodes.INVOKEINTERFACE ? 5 : 3;
        if (opcode == Opcodes.INVOKESPECIAL && method.equals(CONSTRUCTOR)) {
            if (pendingNews > 0) {
                pendingNews--;
            } else if (constructor() && (callee.equals(owner) || callee.equals(superName))) {
                initializerCalls++;
                order.initialized();
            }
        }
        if (!cheap(callee, method)) {
            flow.call(callee, method + type, opcode != Opcodes.INVOKEINTERFACE);
        }
    }

    private static boolean cheap(String callee, String method) {
        return CHEAP_OWNERS.contains(callee) && !EXPENSIVE_NAMES.contains(method)
                || CHEAP_METHODS.contains(callee + '.' + method);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String type, Handle bsm, Object... args) {
        size += 5;
        flow.call("", method, false);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        size += 3;
        loops |= passed.contains(label);
        flow.jump(label, opcode == Opcodes.GOTO);
        subroutines |= opcode == Opcodes.JSR;
        order.jump(label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        size += 2;
        constants++;
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        size += 3;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label defaultTarget, Label... targets) {
        size += 16 + 4 * targets.length;
        jumps(defaultTarget, targets);
    }

    @Override
    public void visitLookupSwitchInsn(Label defaultTarget, int[] keys, Label[] targets) {
        size += 12 + 8 * targets.length;
        jumps(defaultTarget, targets);
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        size += 4;
        flow.call("", "", false);
    }

    private void jumps(Label defaultTarget, Label[] targets) {
        loops |= passed.contains(defaultTarget);
        for (Label target : targets) {
            loops |= passed.contains(target);
            flow.jump(target, false);
        }
        flow.jump(defaultTarget, true);
        order.jump(defaultTarget);
        order.jump(targets);
    }
}
