package io.github.jtracer.core.weave;

import java.util.Arrays;

/**
 * The calls of a loop-free method and the ways around them, in the order of its bytecode: all that
 * matters to whether it is trivial.
 */
final class Flow implements Bytecode.Targets {
    /** Calls the method that a constant names, or at most one that overrides it. */
    private static final int CALL = 0;

    /** Does something that takes a time nobody knows. */
    private static final int UNKNOWN = 1;

    /** Goes on at a later place, sometimes or always. */
    private static final int JUMP = 2;

    private static final int GO = 3;

    /** A place where something jumps to. */
    private static final int LANDING = 4;

    private static final int RETURN = 5;
    private static final int THROW = 6;

    /** What a call may take. */
    enum Cost {
        /** Next to nothing. */
        NONE,
        /** It may be long; then it is traced itself. */
        TRACED,
        /** It may be long, and nobody would see. */
        UNKNOWN,
        /** To be asked again. */
        UNDECIDED
    }

    /** Says what a call may take. */
    interface Costs {
        /**
         * @param called the constant that names the method
         */
        Cost of(int called);
    }

    private int[] steps = new int[32];
    private int size;
    private int[] targets = new int[16];
    private int targetCount;

    Flow(MethodFacts method) {
        ClassFile file = method.file;
        int code = method.code();
        boolean constant = false;
        for (int pc = 0; pc < method.codeLength(); pc += Bytecode.length(file, code, pc)) {
            if (isTarget(pc)) {
                add(LANDING, pc);
            }
            int opcode = file.u1(code + pc);
            step(file, code, pc, opcode, constant);
            constant =
                    opcode >= Bytecode.ICONST_0 && opcode <= Bytecode.ICONST_5
                            || opcode == Bytecode.BIPUSH;
        }
    }

    /**
     * @param constant whether the instruction before pushed a small constant
     */
    private void step(ClassFile file, int code, int pc, int opcode, boolean constant) {
        switch (opcode) {
            case Bytecode.INVOKEVIRTUAL, Bytecode.INVOKESPECIAL, Bytecode.INVOKESTATIC -> {
                int called = file.u2(code + pc + 1);
                if (!CheapMethods.contain(file, called)) {
                    add(CALL, called);
                }
            }
            case Bytecode.INVOKEINTERFACE -> {
                if (!CheapMethods.contain(file, file.u2(code + pc + 1))) {
                    add(UNKNOWN, 0);
                }
            }
            case Bytecode.INVOKEDYNAMIC, Bytecode.MULTIANEWARRAY -> add(UNKNOWN, 0);
            case Bytecode.NEWARRAY, Bytecode.ANEWARRAY -> {
                // Clearing an array of who knows what size takes who knows how long.
                if (!constant) {
                    add(UNKNOWN, 0);
                }
            }
            case Bytecode.ATHROW -> add(THROW, 0);
            default -> {
                if (Bytecode.isReturn(opcode)) {
                    add(RETURN, 0);
                } else {
                    Bytecode.targets(file, code, pc, this);
                }
            }
        }
    }

    @Override
    public void jump(int target, boolean always) {
        if (targetCount == targets.length) {
            targets = Arrays.copyOf(targets, 2 * targetCount);
        }
        targets[targetCount++] = target;
        add(always ? GO : JUMP, target);
    }

    private boolean isTarget(int pc) {
        return contains(targets, targetCount, pc);
    }

    private static boolean contains(int[] values, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    private void add(int kind, int value) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
        }
        steps[size++] = kind;
        steps[size++] = value;
    }

    /**
     * Whether the method can return without any call that may be long, or only passes on to one
     * other method; and whether whatever it calls would show in the trace. What is done only to
     * throw an exception does not count.
     *
     * @return null as long as that depends on what is undecided
     */
    Boolean quick(Costs costs) {
        boolean[] throwing = throwing();
        int[] reached = new int[targetCount];
        int reachedCount = 0;
        boolean here = true;
        boolean quick = false;
        int traced = 0;
        boolean undecided = false;
        for (int i = 0; i < size; i += 2) {
            int value = steps[i + 1];
            switch (steps[i]) {
                case CALL, UNKNOWN -> {
                    if (!throwing[i]) {
                        Cost cost = steps[i] == CALL ? costs.of(value) : Cost.UNKNOWN;
                        if (cost == Cost.UNKNOWN) {
                            return false;
                        }
                        undecided |= cost == Cost.UNDECIDED;
                        here &= cost == Cost.NONE;
                        traced += cost == Cost.TRACED ? 1 : 0;
                    }
                }
                case LANDING -> here |= contains(reached, reachedCount, value);
                case JUMP, GO -> {
                    if (here) {
                        reached[reachedCount++] = value;
                    }
                    here &= steps[i] == JUMP;
                }
                default -> {
                    quick |= here && steps[i] == RETURN;
                    here = false;
                }
            }
        }
        return undecided ? null : quick || traced <= 1;
    }

    /** For each step, whether from there on nothing can happen but an exception. */
    private boolean[] throwing() {
        boolean[] throwing = new boolean[size];
        boolean here = false;
        for (int i = size - 2; i >= 0; i -= 2) {
            int kind = steps[i];
            if (kind == JUMP || kind == GO || kind == RETURN || kind == THROW) {
                boolean afterJump = i > 0 && (steps[i - 2] == JUMP || steps[i - 2] == GO);
                here = kind == THROW && !afterJump;
            }
            throwing[i] = here;
        }
        return throwing;
    }
}
