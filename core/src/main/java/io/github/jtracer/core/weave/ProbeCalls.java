package io.github.jtracer.core.weave;

import io.github.jtracer.probe.Clock;
import io.github.jtracer.probe.Probe;

/**
 * Which of the probes a recording's methods call.
 *
 * @param suffix of the probe methods' names
 * @param values which values are recorded
 */
record ProbeCalls(String suffix, LoggedValues values) {
    static final String OWNER = Probe.class.getName().replace('.', '/');
    private static final String DESCRIPTOR = "(I)V";

    /** How many constants a class needs beside one for each of its sites. */
    static final int CONSTANTS = 18;

    static ProbeCalls of(Clock clock, boolean bounded, LoggedValues values) {
        return new ProbeCalls(
                (bounded ? "Bounded" : "") + (clock == Clock.TSC ? "Tsc" : ""), values);
    }

    /**
     * What the probes' calls need, as indexes of one class's constants.
     *
     * @param caught whether any handler is told what it has caught
     */
    Constants addTo(ConstantPool pool, boolean caught) {
        return new Constants(pool, caught);
    }

    /** The constants of one class. */
    final class Constants {
        final int enter;
        final int exit;
        final int thrown;

        /** Has no variants: it is rare. Zero where it is not needed. */
        final int caught;

        /** The class {@code Throwable}. */
        final int throwable;

        /** The name of the attribute with the frames. */
        final int stackMapTable;

        private Constants(ConstantPool pool, boolean tells) {
            pool.ordinaryUtf8(DESCRIPTOR);
            enter = pool.method(OWNER, "enter" + suffix, DESCRIPTOR);
            exit = pool.method(OWNER, "exit" + suffix, DESCRIPTOR);
            thrown = pool.method(OWNER, "thrown" + suffix, DESCRIPTOR);
            caught = tells ? pool.method(OWNER, "caught", DESCRIPTOR) : 0;
            throwable = pool.ordinaryClass("java/lang/Throwable");
            stackMapTable = pool.ordinaryUtf8("StackMapTable");
        }
    }
}
