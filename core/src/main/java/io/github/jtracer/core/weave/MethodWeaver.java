package io.github.jtracer.core.weave;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts the probe into one method: at its entry, before each return, into one handler for every
 * exception that leaves it, and at the begin of each handler that it has itself for exceptions of
 * some type.
 *
 * <p>Nothing is computed anew: the new handler's frame has no locals and one {@code Throwable}.
 * Only a constructor needs two: until its object is initialized, the verifier wants that object in
 * the handler's frame too. And it allows no handler around the call of the superclass's
 * constructor: when that one fails, the call is ended by its caller's handler.
 */
final class MethodWeaver extends InstructionVisitor {
    private static final String THROWABLE = "java/lang/Throwable";
    private static final Object[] NOTHING = {};
    private static final Object[] UNINITIALIZED = {Opcodes.UNINITIALIZED_THIS};
    private static final Object[] ONE_THROWABLE = {THROWABLE};

    private final ProbeCalls probe;
    private final int site;
    private final boolean constructor;
    private final String owner;
    private final String superName;
    private final Label begin = new Label();
    private final Label initializing = new Label();
    private final Label initialized = new Label();
    private final Set<Label> handlers = new HashSet<>();
    private final Set<Label> cleanups = new HashSet<>();
    private boolean atHandler;
    private boolean isInitialized;
    private int pendingNews;

    MethodWeaver(
            MethodVisitor next,
            ProbeCalls probe,
            int site,
            MethodFacts facts,
            String owner,
            String superName) {
        super(next);
        this.probe = probe;
        this.site = site;
        this.constructor = facts.constructor();
        this.owner = owner;
        this.superName = superName;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        probe.enter(mv, site);
        mv.visitLabel(begin);
    }

    /**
     * A handler of anything is a compiler's cleanup (finally, the end of a synchronized block): it
     * often covers itself. Where the stack is full, a call put into it would fail and lead into it
     * again, for ever; and the cleanup would not be done.
     */
    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        super.visitTryCatchBlock(start, end, handler, type);
        (type == null ? cleanups : handlers).add(handler);
    }

    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        atHandler |= handlers.contains(label) && !cleanups.contains(label);
    }

    /** Before the first instruction of a handler: behind its frame. */
    @Override
    void beforeInstruction() {
        if (atHandler) {
            atHandler = false;
            probe.caught(mv, site);
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW) {
            pendingNews++;
        }
    }

    @Override
    public void visitMethodInsn(
            int opcode, String callee, String name, String type, boolean isInterface) {
        boolean initializes = initializes(opcode, callee, name);
        if (initializes) {
            mv.visitLabel(initializing);
        }
        super.visitMethodInsn(opcode, callee, name, type, isInterface);
        if (initializes) {
            mv.visitLabel(initialized);
        }
    }

    private boolean initializes(int opcode, String callee, String name) {
        if (!constructor
                || isInitialized
                || opcode != Opcodes.INVOKESPECIAL
                || !name.equals("<init>")) {
            return false;
        }
        if (pendingNews > 0) {
            pendingNews--;
            return false;
        }
        isInitialized = callee.equals(owner) || callee.equals(superName);
        return isInitialized;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            beforeInstruction();
            probe.exit(mv, site);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label end = new Label();
        mv.visitLabel(end);
        if (constructor) {
            handler(begin, initializing, UNINITIALIZED);
            handler(initialized, end, NOTHING);
        } else {
            handler(begin, end, NOTHING);
        }
        super.visitMaxs(Math.max(maxStack + 1, 2), maxLocals);
    }

    private void handler(Label from, Label to, Object[] locals) {
        Label handler = new Label();
        mv.visitTryCatchBlock(from, to, handler, null);
        mv.visitLabel(handler);
        mv.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, ONE_THROWABLE);
        probe.thrown(mv, site);
        mv.visitInsn(Opcodes.ATHROW);
    }
}
