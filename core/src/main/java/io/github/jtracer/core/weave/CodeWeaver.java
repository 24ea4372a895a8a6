package io.github.jtracer.core.weave;

import io.github.jtracer.probe.EventWord;

/**
 * Puts the probe into one method: at its entry, before each return, into one handler for every
 * exception that leaves it, and at the begin of each handler that it has itself for exceptions of
 * some type.
 *
 * <p>Nothing is computed anew: instructions stay what they are and only move, the new handler's
 * frame has no locals and one {@code Throwable}. Only a constructor needs two handlers: until its
 * object is initialized, the verifier wants that object in the handler's frame too. And it allows
 * no handler around the call of the superclass's constructor: when that one fails, the call is
 * ended by its caller's handler.
 *
 * <p>Two passes: the first finds out where each instruction goes, the second writes it there.
 */
final class CodeWeaver {
    private static final int INVOKE_BYTES = 3;
    private static final int MAX_LDC = 0xFF;

    private final ClassFile file;
    private final MethodFacts method;
    private final MethodFacts.Body body;
    private final ProbeCalls.Constants constants;
    private final ByteOutput out;

    private final Site site;

    private final int code;
    private final int length;
    private final int callBytes;

    /**
     * Where each instruction of the method goes, by its old place: where who jumps to it lands,
     * which is before a probe that was put there; and where the instruction itself is.
     */
    private final int[] landing;

    private final int[] moved;

    /**
     * What one method's probes are given.
     *
     * @param method the method's id
     * @param constant the index of a constant with that id; 0 if it can do without
     * @param atEntry instructions behind the first probe
     * @param atReturn instructions before each probe at a return
     */
    record Site(int method, int constant, byte[] atEntry, byte[] atReturn) {
        Site(int id, ConstantPool pool, byte[] atEntry, byte[] atReturn) {
            this(signed(id), isShort(signed(id)) ? 0 : pool.integer(signed(id)), atEntry, atReturn);
        }

        private static int signed(int id) {
            return id << Integer.SIZE - EventWord.ID_BITS >> Integer.SIZE - EventWord.ID_BITS;
        }

        private static boolean isShort(int method) {
            return method == (short) method;
        }

        int pushBytes() {
            return constant == 0 ? isByte() ? 2 : 3 : constant <= MAX_LDC ? 2 : 3;
        }

        private boolean isByte() {
            return method == (byte) method;
        }

        void push(ByteOutput out) {
            if (constant > MAX_LDC) {
                out.u1(Bytecode.LDC_W);
                out.u2(constant);
            } else if (constant > 0) {
                out.u1(Bytecode.LDC);
                out.u1(constant);
            } else if (isByte()) {
                out.u1(Bytecode.BIPUSH);
                out.u1(method);
            } else {
                out.u1(Bytecode.SIPUSH);
                out.u2(method);
            }
        }
    }

    private CodeWeaver(
            MethodFacts method, ProbeCalls.Constants constants, Site site, ByteOutput out) {
        this.file = method.file;
        this.method = method;
        this.body = method.body();
        this.constants = constants;
        this.out = out;
        this.site = site;
        this.code = method.code();
        this.length = method.codeLength();
        this.callBytes = site.pushBytes() + INVOKE_BYTES;
        this.landing = new int[length + 1];
        this.moved = new int[length + 1];
    }

    /** How many bytes longer a method's code gets at most. */
    static int growth(MethodFacts method, LoggedValues values) {
        MethodFacts.Body body = method.body();
        int call = 3 + INVOKE_BYTES;
        return call * (1 + body.returns + body.toldHandlers.length)
                + 2 * (call + 1)
                + 3 * body.switches
                + values.growth(method);
    }

    /** Writes the method with its probe. */
    static void weave(
            MethodFacts method, ProbeCalls.Constants constants, Site site, ByteOutput out) {
        byte[] bytes = method.file.bytes;
        out.put(bytes, method.begin, method.codeAttribute - method.begin);
        new CodeWeaver(method, constants, site, out).weave();
        int rest = method.file.skipAttribute(method.codeAttribute);
        out.put(bytes, rest, method.end - rest);
    }

    private void weave() {
        layOut();
        out.u2(file.u2(method.codeAttribute));
        int attributeAt = out.size();
        out.i4(0);
        out.u2(maxStack());
        out.u2(method.maxLocals());
        int lengthAt = out.size();
        out.i4(0);
        int codeAt = out.size();
        instructions();
        int handlers = handlers();
        out.setI4(lengthAt, out.size() - codeAt);
        exceptionTable(handlers);
        attributes(handlers);
        out.setI4(attributeAt, out.size() - attributeAt - 4);
    }

    private int maxStack() {
        int atReturn = site.atReturn.length == 0 ? 1 : LoggedValues.RETURN_STACK;
        int atEntry = site.atEntry.length == 0 ? 2 : LoggedValues.ENTRY_STACK;
        return Math.max(method.maxStack() + atReturn, atEntry);
    }

    private void layOut() {
        int at = callBytes + site.atEntry.length;
        for (int pc = 0; pc < length; ) {
            int opcode = file.u1(code + pc);
            int size = Bytecode.length(file, code, pc);
            landing[pc] = at;
            at += body.tellsHandler(pc) ? callBytes : 0;
            at += Bytecode.isReturn(opcode) ? site.atReturn.length + callBytes : 0;
            moved[pc] = at;
            if (Bytecode.isSwitch(opcode)) {
                at += Bytecode.switchHead(at) + size - Bytecode.switchHead(pc);
            } else {
                at += size;
            }
            pc += size;
        }
        landing[length] = at;
        moved[length] = at;
    }

    private void instructions() {
        call(constants.enter);
        put(site.atEntry);
        for (int pc = 0; pc < length; ) {
            int opcode = file.u1(code + pc);
            int size = Bytecode.length(file, code, pc);
            if (body.tellsHandler(pc)) {
                call(constants.caught);
            }
            if (Bytecode.isReturn(opcode)) {
                put(site.atReturn);
                call(constants.exit);
            }
            if (Bytecode.isJump(opcode)) {
                out.u1(opcode);
                out.u2(offset(pc, file.s2(code + pc + 1)));
            } else if (opcode == Bytecode.GOTO_W) {
                out.u1(opcode);
                out.i4(offset(pc, file.i4(code + pc + 1)));
            } else if (Bytecode.isSwitch(opcode)) {
                switchInstruction(pc, opcode);
            } else {
                out.put(file.bytes, code + pc, size);
            }
            pc += size;
        }
    }

    private void switchInstruction(int pc, int opcode) {
        out.u1(opcode);
        for (int i = Bytecode.switchHead(moved[pc]); i > 1; i--) {
            out.u1(0);
        }
        int from = code + pc + Bytecode.switchHead(pc);
        int end = from + Bytecode.switchBody(file, code, pc);
        boolean lookup = opcode == Bytecode.LOOKUPSWITCH;
        out.i4(offset(pc, file.i4(from)));
        out.i4(file.i4(from + 4));
        int at = from + 8;
        if (!lookup) {
            out.i4(file.i4(at));
            at += 4;
        }
        while (at < end) {
            if (lookup) {
                out.i4(file.i4(at));
                at += 4;
            }
            out.i4(offset(pc, file.i4(at)));
            at += 4;
        }
    }

    private int offset(int pc, int old) {
        return landing[pc + old] - moved[pc];
    }

    private void put(byte[] instructions) {
        out.put(instructions, 0, instructions.length);
    }

    private void call(int probe) {
        site.push(out);
        out.u1(Bytecode.INVOKESTATIC);
        out.u2(probe);
    }

    /** Writes the handlers behind the code; how many there are. */
    private int handlers() {
        int handlers = method.constructor() ? 2 : 1;
        for (int i = 0; i < handlers; i++) {
            call(constants.thrown);
            out.u1(Bytecode.ATHROW);
        }
        return handlers;
    }

    private int handler(int index) {
        return landing[length] + index * (callBytes + 1);
    }

    private void exceptionTable(int handlers) {
        int count = method.handlerCount();
        int from = method.handlersAt() + 2;
        out.u2(count + handlers);
        for (int at = from; at < from + 8 * count; at += 8) {
            entry(
                    landing[file.u2(at)],
                    landing[file.u2(at + 2)],
                    landing[file.u2(at + 4)],
                    file.u2(at + 6));
        }
        // Behind the method's own, which come first.
        if (method.constructor()) {
            entry(callBytes, landing[body.initializer], handler(0), 0);
            entry(moved[body.initializer] + INVOKE_BYTES, landing[length], handler(1), 0);
        } else {
            entry(callBytes, landing[length], handler(0), 0);
        }
    }

    private void entry(int start, int end, int handler, int type) {
        out.u2(start);
        out.u2(end);
        out.u2(handler);
        out.u2(type);
    }

    /**
     * Whatever is known to say where in the code something is, moved; and the frames of the new
     * handlers. What is not known is left out: it might say it too. The JVM itself keeps none of
     * these.
     */
    private void attributes(int handlers) {
        int countAt = out.size();
        out.u2(0);
        int written = 0;
        boolean frames = false;
        int count = file.u2(method.codeAttributesAt());
        int at = method.codeAttributesAt() + 2;
        for (int i = 0; i < count; i++) {
            int name = file.u2(at);
            if (file.is(name, "StackMapTable")) {
                frames(name, at + 6, handlers);
                frames = true;
                written++;
            } else if (file.is(name, "LineNumberTable")) {
                lines(at);
                written++;
            } else if (file.is(name, "LocalVariableTable")
                    || file.is(name, "LocalVariableTypeTable")) {
                variables(at);
                written++;
            }
            at = file.skipAttribute(at);
        }
        if (!frames) {
            frames(constants.stackMapTable, -1, handlers);
            written++;
        }
        out.setU2(countAt, written);
    }

    private void lines(int at) {
        int entries = file.u2(at + 6);
        out.put(file.bytes, at, 8);
        for (int entry = at + 8; entry < at + 8 + 4 * entries; entry += 4) {
            out.u2(landing[file.u2(entry)]);
            out.u2(file.u2(entry + 2));
        }
    }

    private void variables(int at) {
        int entries = file.u2(at + 6);
        out.put(file.bytes, at, 8);
        for (int entry = at + 8; entry < at + 8 + 10 * entries; entry += 10) {
            int start = file.u2(entry);
            int end = start + file.u2(entry + 2);
            out.u2(landing[start]);
            out.u2(landing[end] - landing[start]);
            out.put(file.bytes, entry + 4, 6);
        }
    }

    /**
     * @param at where the frames are, behind the attribute's head; -1 if there are none
     */
    private void frames(int name, int at, int handlers) {
        out.u2(name);
        int attributeAt = out.size();
        out.i4(0);
        Frames frames = new Frames(file, landing, moved, out);
        if (at >= 0) {
            frames.move(at);
        }
        for (int i = 0; i < handlers; i++) {
            frames.handler(handler(i), handlers == 2 && i == 0, constants.throwable);
        }
        frames.end();
        out.setI4(attributeAt, out.size() - attributeAt - 4);
    }
}
