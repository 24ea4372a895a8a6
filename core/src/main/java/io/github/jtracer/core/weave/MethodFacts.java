package io.github.jtracer.core.weave;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * A method of a class file: where its parts are, and what is known of it before it is woven.
 *
 * <p>Its instructions are looked at when somebody asks what they do, and then once.
 */
final class MethodFacts {
    private static final String CONSTRUCTOR = "<init>";
    private static final int BRIDGE = 0x40;

    final ClassFile file;
    final int access;
    final String name;
    final String descriptor;

    /** Where the method is in the class file: its access flags, and behind its last attribute. */
    final int begin;

    final int end;

    /** The place of the {@code Code} attribute; -1 if there is none. */
    final int codeAttribute;

    private Body body;

    MethodFacts(ClassFile file, int begin) {
        this.file = file;
        this.begin = begin;
        access = file.u2(begin);
        name = file.utf8(file.u2(begin + 2));
        descriptor = file.utf8(file.u2(begin + 4));
        int count = file.u2(begin + 6);
        int at = begin + 8;
        int code = -1;
        for (int i = 0; i < count; i++) {
            if (file.is(file.u2(at), "Code")) {
                code = at;
            }
            at = file.skipAttribute(at);
        }
        codeAttribute = code;
        end = at;
    }

    String key() {
        return name + descriptor;
    }

    boolean hasCode() {
        return codeAttribute >= 0;
    }

    boolean isNative() {
        return Modifier.isNative(access);
    }

    boolean isSynchronized() {
        return Modifier.isSynchronized(access);
    }

    /** Made by the compiler to call the method of the same name. */
    boolean bridge() {
        return (access & BRIDGE) != 0;
    }

    boolean constructor() {
        return name.equals(CONSTRUCTOR);
    }

    boolean overridable() {
        return !constructor()
                && !Modifier.isPrivate(access)
                && !Modifier.isStatic(access)
                && !Modifier.isFinal(access);
    }

    /** Type descriptors of its annotations. */
    List<String> annotations() {
        return Annotations.of(file, begin + 6);
    }

    int maxStack() {
        return file.u2(codeAttribute + 6);
    }

    int maxLocals() {
        return file.u2(codeAttribute + 8);
    }

    /** The place of the first instruction in the class file. */
    int code() {
        return codeAttribute + 14;
    }

    int codeLength() {
        return file.i4(codeAttribute + 10);
    }

    /** The place of the number of exception handlers. */
    int handlersAt() {
        return code() + codeLength();
    }

    int handlerCount() {
        return file.u2(handlersAt());
    }

    /** The place of the number of the code's attributes. */
    int codeAttributesAt() {
        return handlersAt() + 2 + 8 * handlerCount();
    }

    /** The method's first line in its source; -1 if it is not known. */
    int line() {
        int count = file.u2(codeAttributesAt());
        int at = codeAttributesAt() + 2;
        int line = -1;
        int first = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (file.is(file.u2(at), "LineNumberTable")) {
                int entries = file.u2(at + 6);
                for (int entry = at + 8; entry < at + 8 + 4 * entries; entry += 4) {
                    if (file.u2(entry) < first) {
                        first = file.u2(entry);
                        line = file.u2(entry + 2);
                    }
                }
            }
            at = file.skipAttribute(at);
        }
        return line;
    }

    /**
     * A parameter's name as the class file has it for debuggers.
     *
     * @param slot its local variable
     * @param index which parameter it is, for one without a name
     */
    String parameterName(int slot, int index) {
        int count = file.u2(codeAttributesAt());
        int at = codeAttributesAt() + 2;
        for (int i = 0; i < count; i++) {
            if (file.is(file.u2(at), "LocalVariableTable")) {
                int entries = file.u2(at + 6);
                for (int entry = at + 8; entry < at + 8 + 10 * entries; entry += 10) {
                    if (file.u2(entry) == 0 && file.u2(entry + 8) == slot) {
                        return file.utf8(file.u2(entry + 4));
                    }
                }
            }
            at = file.skipAttribute(at);
        }
        return "arg" + index;
    }

    Body body() {
        if (body == null) {
            body = new Body(this);
        }
        return body;
    }

    /** What a method's instructions do. */
    static final class Body {
        /** Instructions that return. */
        final int returns;

        /** Instructions that jump back, or to themselves. */
        final boolean loops;

        final boolean locks;
        final boolean subroutines;

        /** Switches: their padding may grow. */
        final int switches;

        /** Handlers that are told what they have caught: see {@link #tellsHandler}. */
        final int[] toldHandlers;

        /** The call of another constructor, by a constructor; -1 if there is none. */
        final int initializer;

        /** How many of these there are. */
        final int initializers;

        /**
         * Whether the code that runs before the object is initialized is not the code that stands
         * before that: then no range of instructions is the uninitialized part, which needs a
         * handler of its own. Compilers for Java never write it so.
         */
        final boolean outOfOrder;

        private Body(MethodFacts method) {
            ClassFile file = method.file;
            int code = method.code();
            int length = method.codeLength();
            boolean constructor = method.constructor();
            int returns = 0;
            boolean loops = false;
            boolean locks = false;
            boolean subroutines = false;
            int switches = 0;
            int initializer = -1;
            int initializers = 0;
            int pendingNews = 0;
            boolean thisOverwritten = false;
            Jumps jumps = new Jumps(constructor);
            for (int pc = 0; pc < length; pc += Bytecode.length(file, code, pc)) {
                int opcode = file.u1(code + pc);
                if (Bytecode.isReturn(opcode)) {
                    returns++;
                } else if (Bytecode.isJump(opcode)
                        || opcode >= Bytecode.GOTO_W
                        || Bytecode.isSwitch(opcode)) {
                    jumps.from = pc;
                    Bytecode.targets(file, code, pc, jumps);
                    switches += Bytecode.isSwitch(opcode) ? 1 : 0;
                    subroutines |= opcode == Bytecode.JSR || opcode == Bytecode.JSR_W;
                } else if (opcode == Bytecode.MONITORENTER) {
                    locks = true;
                } else if (opcode == Bytecode.RET
                        || opcode == Bytecode.WIDE && file.u1(code + pc + 1) == Bytecode.RET) {
                    subroutines = true;
                } else if (constructor) {
                    if (opcode == Bytecode.NEW) {
                        pendingNews++;
                    } else if (opcode == Bytecode.INVOKESPECIAL
                            && file.calledName(file.u2(code + pc + 1)).equals(CONSTRUCTOR)) {
                        String callee = file.calledClass(file.u2(code + pc + 1));
                        if (pendingNews > 0) {
                            pendingNews--;
                        } else if (callee.equals(file.name) || callee.equals(file.superName)) {
                            initializers++;
                            initializer = pc;
                        }
                    } else if (initializers == 0) {
                        thisOverwritten |= Bytecode.storesToFirst(file, code, pc);
                    }
                }
            }
            loops = jumps.back;
            this.returns = returns;
            this.loops = loops;
            this.locks = locks;
            this.subroutines = subroutines;
            this.switches = switches;
            this.initializer = initializer;
            this.initializers = initializers;
            this.outOfOrder =
                    constructor
                            && (thisOverwritten
                                    || jumps.cross(initializer)
                                    || handlersCross(method, initializer));
            this.toldHandlers = toldHandlers(method);
        }

        private static boolean handlersCross(MethodFacts method, int initializer) {
            int first = method.handlersAt() + 2;
            for (int i = 0; i < method.handlerCount(); i++) {
                int start = method.file.u2(first + 8 * i);
                int handler = method.file.u2(first + 8 * i + 4);
                if (start <= initializer != handler <= initializer) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Handlers of exceptions of some type, in order. A handler of anything is a compiler's
         * cleanup (finally, the end of a synchronized block): it often covers itself. Where the
         * stack is full, a call put into it would fail and lead into it again, for ever; and the
         * cleanup would not be done.
         */
        private static int[] toldHandlers(MethodFacts method) {
            int count = method.handlerCount();
            if (count == 0) {
                return NONE;
            }
            int first = method.handlersAt() + 2;
            int[] told = new int[count];
            int found = 0;
            for (int i = 0; i < count; i++) {
                int handler = method.file.u2(first + 8 * i + 4);
                if (!isCleanup(method, handler) && indexOf(told, found, handler) < 0) {
                    told[found++] = handler;
                }
            }
            return Arrays.copyOf(told, found);
        }

        private static boolean isCleanup(MethodFacts method, int handler) {
            int first = method.handlersAt() + 2;
            for (int i = 0; i < method.handlerCount(); i++) {
                int at = first + 8 * i;
                if (method.file.u2(at + 4) == handler && method.file.u2(at + 6) == 0) {
                    return true;
                }
            }
            return false;
        }

        private static int indexOf(int[] values, int count, int value) {
            for (int i = 0; i < count; i++) {
                if (values[i] == value) {
                    return i;
                }
            }
            return -1;
        }

        boolean tellsHandler(int pc) {
            return indexOf(toldHandlers, toldHandlers.length, pc) >= 0;
        }
    }

    private static final int[] NONE = {};

    /** The jumps of a method; all of them are kept only where somebody asks for them. */
    private static final class Jumps implements Bytecode.Targets {
        private final boolean keep;
        private int[] pairs = NONE;
        private int size;
        private int from;
        private boolean back;

        Jumps(boolean keep) {
            this.keep = keep;
        }

        @Override
        public void jump(int target, boolean always) {
            back |= target <= from;
            if (keep) {
                if (size == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * size + 16);
                }
                pairs[size++] = from;
                pairs[size++] = target;
            }
        }

        /** Whether one leads from one side of an instruction to the other. */
        boolean cross(int pc) {
            for (int i = 0; i < size; i += 2) {
                if (pairs[i] <= pc != pairs[i + 1] <= pc) {
                    return true;
                }
            }
            return false;
        }
    }
}
