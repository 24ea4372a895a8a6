package io.github.jtracer.core.weave;

import java.lang.reflect.Modifier;

/**
 * Which values of calls are recorded beside their times, and the instructions that hand them to the
 * probe.
 *
 * <p>The instructions leave the stack as it was and jump nowhere: they are the same wherever they
 * stand.
 *
 * @param arguments what methods are given, but never the object that they are called on
 * @param results what methods return
 */
public record LoggedValues(boolean arguments, boolean results) {
    public static final LoggedValues NONE = new LoggedValues(false, false);

    private static final byte[] NOTHING = {};
    private static final String OBJECT = "java/lang/Object";

    /** What the instructions at the entry need of the stack, which is empty then. */
    static final int ENTRY_STACK = 6;

    /** What those before a return need beside the value that is there. */
    static final int RETURN_STACK = 2;

    /** How many constants a class needs for one method, and once for all. */
    static final int CONSTANTS_EACH = 2;

    static final int CONSTANTS = 80;

    /** The most bytes that an argument, and a returned value, take. */
    private static final int BYTES_EACH = 12;

    private static final int ALOAD = 0x19;
    private static final int DUP = 0x59;
    private static final int DUP2 = 0x5c;
    private static final int AASTORE = 0x53;
    private static final String PRIMITIVES = "ZBCSIJFD";
    private static final String[] BOXES = {
        "Boolean", "Byte", "Character", "Short", "Integer", "Long", "Float", "Double"
    };

    /** The opcodes that load these, in the same order. */
    private static final int[] LOADS = {0x15, 0x15, 0x15, 0x15, 0x15, 0x16, 0x17, 0x18};

    boolean any() {
        return arguments || results;
    }

    /** How many bytes longer a method's code gets at most. */
    int growth(MethodFacts method) {
        int bytes = arguments ? BYTES_EACH * (2 + method.descriptor.length()) : 0;
        return bytes + (results ? BYTES_EACH * method.body().returns : 0);
    }

    /** What stands behind the probe at the entry. */
    byte[] atEntry(MethodFacts method, ConstantPool pool) {
        if (!arguments || method.descriptor.startsWith("()")) {
            return NOTHING;
        }
        StringBuilder names = new StringBuilder();
        ByteOutput values = new ByteOutput(64);
        int count = 0;
        int slot = Modifier.isStatic(method.access) ? 0 : 1;
        for (int at = 1; method.descriptor.charAt(at) != ')'; ) {
            int end = typeEnd(method.descriptor, at);
            names.append(count == 0 ? "" : ",").append(method.parameterName(slot, count));
            values.u1(DUP);
            push(values, count);
            load(values, method.descriptor.charAt(at), slot);
            box(values, method.descriptor.charAt(at), pool);
            values.u1(AASTORE);
            slot += isWide(method.descriptor.charAt(at)) ? 2 : 1;
            count++;
            at = end;
        }
        ByteOutput code = new ByteOutput(values.size() + 16);
        code.u1(Bytecode.LDC_W);
        code.u2(pool.string(names.toString()));
        push(code, count);
        code.u1(Bytecode.ANEWARRAY);
        code.u2(pool.classReference(OBJECT));
        byte[] all = values.toByteArray();
        code.put(all, 0, all.length);
        code.u1(Bytecode.INVOKESTATIC);
        code.u2(
                pool.method(
                        ProbeCalls.OWNER, "arguments", "(Ljava/lang/String;[Ljava/lang/Object;)V"));
        return code.toByteArray();
    }

    /** What stands before the probe at each return. */
    byte[] atReturn(MethodFacts method, ConstantPool pool) {
        char type = method.descriptor.charAt(method.descriptor.indexOf(')') + 1);
        if (!results || type == 'V') {
            return NOTHING;
        }
        ByteOutput code = new ByteOutput(16);
        code.u1(isWide(type) ? DUP2 : DUP);
        box(code, type, pool);
        code.u1(Bytecode.INVOKESTATIC);
        code.u2(pool.method(ProbeCalls.OWNER, "returned", "(Ljava/lang/Object;)V"));
        return code.toByteArray();
    }

    private static boolean isWide(char type) {
        return type == 'J' || type == 'D';
    }

    private static int typeEnd(String descriptor, int from) {
        int at = from;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    }

    private static void push(ByteOutput code, int number) {
        code.u1(Bytecode.SIPUSH);
        code.u2(number);
    }

    private static void load(ByteOutput code, char type, int slot) {
        int primitive = PRIMITIVES.indexOf(type);
        code.u1(Bytecode.WIDE);
        code.u1(primitive < 0 ? ALOAD : LOADS[primitive]);
        code.u2(slot);
    }

    private static void box(ByteOutput code, char type, ConstantPool pool) {
        int primitive = PRIMITIVES.indexOf(type);
        if (primitive >= 0) {
            String box = "java/lang/" + BOXES[primitive];
            code.u1(Bytecode.INVOKESTATIC);
            code.u2(pool.method(box, "valueOf", "(" + type + ")L" + box + ";"));
        }
    }
}
