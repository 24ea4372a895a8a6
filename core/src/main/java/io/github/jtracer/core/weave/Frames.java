package io.github.jtracer.core.weave;

/** Writes a method's {@code StackMapTable} anew, for instructions that have moved. JVMS 4.7.4. */
final class Frames {
    private static final int SAME_LOCALS_1 = 64;
    private static final int RESERVED = 128;
    private static final int SAME_LOCALS_1_EXTENDED = 247;
    private static final int SAME_EXTENDED = 251;
    private static final int FULL = 255;

    private static final int UNINITIALIZED_THIS = 6;
    private static final int OBJECT = 7;
    private static final int UNINITIALIZED = 8;

    private final ClassFile file;
    private final int[] landing;
    private final int[] moved;
    private final ByteOutput out;
    private final int countAt;
    private int count;

    /** Place of the last frame written, as the next one's offset counts from it. */
    private int last = -1;

    Frames(ClassFile file, int[] landing, int[] moved, ByteOutput out) {
        this.file = file;
        this.landing = landing;
        this.moved = moved;
        this.out = out;
        countAt = out.size();
        out.u2(0);
    }

    /** Writes the frames that the method has, whose number is at that place. */
    void move(int from) {
        int frames = file.u2(from);
        int at = from + 2;
        int pc = -1;
        for (int i = 0; i < frames; i++) {
            int type = file.u1(at);
            at++;
            int delta;
            if (type < RESERVED) {
                delta = type & (SAME_LOCALS_1 - 1);
            } else {
                delta = file.u2(at);
                at += 2;
            }
            pc += delta + 1;
            at = frame(type, offset(landing[pc]), at);
        }
    }

    private int offset(int place) {
        int offset = place - last - 1;
        last = place;
        count++;
        return offset;
    }

    private int frame(int type, int offset, int at) {
        if (type < SAME_LOCALS_1 || type == SAME_EXTENDED) {
            head(offset < SAME_LOCALS_1 ? offset : SAME_EXTENDED, offset);
            return at;
        }
        if (type < RESERVED || type == SAME_LOCALS_1_EXTENDED) {
            head(offset < SAME_LOCALS_1 ? SAME_LOCALS_1 + offset : SAME_LOCALS_1_EXTENDED, offset);
            return types(1, at);
        }
        if (type < SAME_LOCALS_1_EXTENDED) {
            throw new IllegalArgumentException("unknown frame " + type);
        }
        head(type, offset);
        if (type < SAME_EXTENDED) {
            return at;
        }
        if (type < FULL) {
            return types(type - SAME_EXTENDED, at);
        }
        int locals = file.u2(at);
        out.u2(locals);
        int behind = types(locals, at + 2);
        int stack = file.u2(behind);
        out.u2(stack);
        return types(stack, behind + 2);
    }

    private void head(int type, int offset) {
        out.u1(type);
        if (type >= RESERVED) {
            out.u2(offset);
        }
    }

    private int types(int types, int from) {
        int at = from;
        for (int i = 0; i < types; i++) {
            int tag = file.u1(at);
            out.u1(tag);
            at++;
            if (tag == UNINITIALIZED) {
                // The place of the instruction itself, not of a probe before it.
                out.u2(moved[file.u2(at)]);
                at += 2;
            } else if (tag == OBJECT) {
                out.u2(file.u2(at));
                at += 2;
            }
        }
        return at;
    }

    /** The frame of a handler: no locals, or the object that is not initialized; a Throwable. */
    void handler(int place, boolean uninitialized, int throwable) {
        out.u1(FULL);
        out.u2(offset(place));
        out.u2(uninitialized ? 1 : 0);
        if (uninitialized) {
            out.u1(UNINITIALIZED_THIS);
        }
        out.u2(1);
        out.u1(OBJECT);
        out.u2(throwable);
    }

    void end() {
        out.setU2(countAt, count);
    }
}
