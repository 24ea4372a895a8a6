package io.github.jtracer.core.weave;

import io.github.jtracer.probe.Clock;
import io.github.jtracer.probe.Probe;
import java.nio.charset.StandardCharsets;

/**
 * Which of the probes a recording's methods call.
 *
 * @param suffix of the probe methods' names
 */
record ProbeCalls(String suffix) {
    private static final String OWNER = Probe.class.getName().replace('.', '/');
    private static final String DESCRIPTOR = "(I)V";
    private static final int MAX_CONSTANTS = 0xFFFF;

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS_REFERENCE = 7;
    private static final int METHOD_REFERENCE = 10;
    private static final int NAME_AND_TYPE = 12;

    /** Of all classes, without their sites. */
    private static final int FIXED_CONSTANTS = 18;

    static ProbeCalls of(Clock clock, boolean bounded) {
        return new ProbeCalls((bounded ? "Bounded" : "") + (clock == Clock.TSC ? "Tsc" : ""));
    }

    /** Whether a class has room for the constants of so many sites. */
    static boolean fit(ClassFile file, int sites) {
        return file.poolCount() + FIXED_CONSTANTS + sites <= MAX_CONSTANTS;
    }

    /** Puts what the probes' calls need behind a class's own constants. */
    Constants addTo(ByteOutput pool, int firstFree) {
        return new Constants(pool, firstFree);
    }

    /** The constants of one class: their indexes. */
    final class Constants {
        private final ByteOutput pool;
        private int next;

        final int enter;
        final int exit;
        final int thrown;

        /** Has no variants: it is rare. */
        final int caught;

        /** The class {@code Throwable}. */
        final int throwable;

        /** The name of the attribute with the frames. */
        final int stackMapTable;

        private Constants(ByteOutput pool, int firstFree) {
            this.pool = pool;
            next = firstFree;
            int owner = reference(CLASS_REFERENCE, utf8(OWNER));
            int descriptor = utf8(DESCRIPTOR);
            enter = method(owner, "enter" + suffix, descriptor);
            exit = method(owner, "exit" + suffix, descriptor);
            thrown = method(owner, "thrown" + suffix, descriptor);
            caught = method(owner, "caught", descriptor);
            throwable = reference(CLASS_REFERENCE, utf8("java/lang/Throwable"));
            stackMapTable = utf8("StackMapTable");
        }

        /** The index behind the last constant. */
        int count() {
            return next;
        }

        int integer(int value) {
            pool.u1(INTEGER);
            pool.i4(value);
            return next++;
        }

        private int method(int owner, String name, int descriptor) {
            int nameIndex = utf8(name);
            pool.u1(NAME_AND_TYPE);
            pool.u2(nameIndex);
            pool.u2(descriptor);
            int nameAndType = next++;
            pool.u1(METHOD_REFERENCE);
            pool.u2(owner);
            pool.u2(nameAndType);
            return next++;
        }

        private int reference(int tag, int index) {
            pool.u1(tag);
            pool.u2(index);
            return next++;
        }

        private int utf8(String ascii) {
            byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
            pool.u1(UTF8);
            pool.u2(bytes.length);
            pool.put(bytes, 0, bytes.length);
            return next++;
        }
    }
}
