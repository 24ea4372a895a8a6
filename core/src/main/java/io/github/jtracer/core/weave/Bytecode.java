package io.github.jtracer.core.weave;

import java.util.Arrays;

/** The instructions of the JVM that the weaver has to know, and how long each is. JVMS 6.5. */
final class Bytecode {
    static final int ICONST_0 = 0x03;
    static final int ICONST_5 = 0x08;
    static final int BIPUSH = 0x10;
    static final int SIPUSH = 0x11;
    static final int LDC = 0x12;
    static final int LDC_W = 0x13;
    static final int ISTORE = 0x36;
    static final int ASTORE = 0x3a;
    static final int ISTORE_0 = 0x3b;
    static final int LSTORE_0 = 0x3f;
    static final int FSTORE_0 = 0x43;
    static final int DSTORE_0 = 0x47;
    static final int ASTORE_0 = 0x4b;
    static final int IINC = 0x84;
    static final int IFEQ = 0x99;
    static final int GOTO = 0xa7;
    static final int JSR = 0xa8;
    static final int RET = 0xa9;
    static final int TABLESWITCH = 0xaa;
    static final int LOOKUPSWITCH = 0xab;
    static final int IRETURN = 0xac;
    static final int RETURN = 0xb1;
    static final int GETSTATIC = 0xb2;
    static final int INVOKEVIRTUAL = 0xb6;
    static final int INVOKESPECIAL = 0xb7;
    static final int INVOKESTATIC = 0xb8;
    static final int INVOKEINTERFACE = 0xb9;
    static final int INVOKEDYNAMIC = 0xba;
    static final int NEW = 0xbb;
    static final int NEWARRAY = 0xbc;
    static final int ANEWARRAY = 0xbd;
    static final int ATHROW = 0xbf;
    static final int CHECKCAST = 0xc0;
    static final int MONITORENTER = 0xc2;
    static final int WIDE = 0xc4;
    static final int MULTIANEWARRAY = 0xc5;
    static final int IFNULL = 0xc6;
    static final int IFNONNULL = 0xc7;
    static final int GOTO_W = 0xc8;
    static final int JSR_W = 0xc9;

    private static final int OPCODES = 256;
    private static final byte[] LENGTHS = lengths();

    private Bytecode() {}

    private static byte[] lengths() {
        byte[] lengths = new byte[OPCODES];
        Arrays.fill(lengths, 0, JSR_W + 1, (byte) 1);
        lengths[BIPUSH] = 2;
        lengths[SIPUSH] = 3;
        lengths[LDC] = 2;
        Arrays.fill(lengths, LDC_W, LDC_W + 2, (byte) 3);
        Arrays.fill(lengths, 0x15, 0x1a, (byte) 2);
        Arrays.fill(lengths, ISTORE, ASTORE + 1, (byte) 2);
        lengths[IINC] = 3;
        Arrays.fill(lengths, IFEQ, JSR + 1, (byte) 3);
        lengths[RET] = 2;
        Arrays.fill(lengths, GETSTATIC, INVOKESTATIC + 1, (byte) 3);
        Arrays.fill(lengths, INVOKEINTERFACE, INVOKEDYNAMIC + 1, (byte) 5);
        lengths[NEW] = 3;
        lengths[NEWARRAY] = 2;
        lengths[ANEWARRAY] = 3;
        Arrays.fill(lengths, CHECKCAST, CHECKCAST + 2, (byte) 3);
        lengths[MULTIANEWARRAY] = 4;
        Arrays.fill(lengths, IFNULL, IFNONNULL + 1, (byte) 3);
        Arrays.fill(lengths, GOTO_W, JSR_W + 1, (byte) 5);
        return lengths;
    }

    /**
     * The length in bytes of an instruction.
     *
     * @param code where the method's code begins in the class file
     * @param pc the instruction's place in the code
     * @throws IllegalArgumentException if there is no such instruction
     */
    static int length(ClassFile file, int code, int pc) {
        int opcode = file.u1(code + pc);
        int length = LENGTHS[opcode];
        if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
            length = switchHead(pc) + switchBody(file, code, pc);
        } else if (opcode == WIDE) {
            length = file.u1(code + pc + 1) == IINC ? 6 : 4;
        }
        if (length <= 0) {
            throw new IllegalArgumentException("no instruction at " + pc + ": " + opcode);
        }
        return length;
    }

    /** The opcode of a switch and what aligns its operands to four bytes. */
    static int switchHead(int pc) {
        return 4 - (pc & 3);
    }

    /** The operands of a switch, in bytes; negative or too large if the class file is damaged. */
    static int switchBody(ClassFile file, int code, int pc) {
        int operands = code + pc + switchHead(pc);
        if (file.u1(code + pc) == LOOKUPSWITCH) {
            return size(8, 8L * file.i4(operands + 4));
        }
        return size(12, 4L * ((long) file.i4(operands + 8) - file.i4(operands + 4) + 1));
    }

    private static int size(int fixed, long entries) {
        return entries < 0 || entries > 0xFFFF ? -1000 : (int) (fixed + entries);
    }

    static boolean isReturn(int opcode) {
        return opcode >= IRETURN && opcode <= RETURN;
    }

    /** With a branch offset of two bytes. */
    static boolean isJump(int opcode) {
        return opcode >= IFEQ && opcode <= JSR || opcode == IFNULL || opcode == IFNONNULL;
    }

    static boolean isSwitch(int opcode) {
        return opcode == TABLESWITCH || opcode == LOOKUPSWITCH;
    }

    /** Gets the places to which an instruction may jump. */
    interface Targets {
        /**
         * @param always whether nothing else can happen
         */
        void jump(int target, boolean always);
    }

    /** The targets of a jump or a switch, a switch's default last; none of other instructions. */
    static void targets(ClassFile file, int code, int pc, Targets targets) {
        int opcode = file.u1(code + pc);
        if (isJump(opcode)) {
            targets.jump(pc + file.s2(code + pc + 1), opcode == GOTO);
        } else if (opcode == GOTO_W || opcode == JSR_W) {
            targets.jump(pc + file.i4(code + pc + 1), opcode == GOTO_W);
        } else if (isSwitch(opcode)) {
            int operands = code + pc + switchHead(pc);
            boolean lookup = opcode == LOOKUPSWITCH;
            int end = operands + switchBody(file, code, pc);
            for (int at = operands + 12; at < end; at += lookup ? 8 : 4) {
                targets.jump(pc + file.i4(at), false);
            }
            targets.jump(pc + file.i4(operands), true);
        }
    }

    /** Whether an instruction stores something in the local variable 0. */
    static boolean storesToFirst(ClassFile file, int code, int pc) {
        int opcode = file.u1(code + pc);
        if (opcode == WIDE) {
            int wide = file.u1(code + pc + 1);
            return wide >= ISTORE && wide <= ASTORE && file.u2(code + pc + 2) == 0;
        }
        return opcode == ISTORE_0
                || opcode == LSTORE_0
                || opcode == FSTORE_0
                || opcode == DSTORE_0
                || opcode == ASTORE_0
                || opcode >= ISTORE && opcode <= ASTORE && file.u1(code + pc + 1) == 0;
    }
}
