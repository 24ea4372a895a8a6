package io.github.jtracer.core.weave;

import io.github.jtracer.probe.Clock;
import io.github.jtracer.probe.Probe;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Which of the probes a recording's methods call.
 *
 * @param suffix of the probe methods' names
 */
record ProbeCalls(String suffix) {
    private static final String OWNER = Probe.class.getName().replace('.', '/');
    private static final String DESCRIPTOR = "(I)V";

    static ProbeCalls of(Clock clock, boolean bounded) {
        return new ProbeCalls((bounded ? "Bounded" : "") + (clock == Clock.TSC ? "Tsc" : ""));
    }

    void enter(MethodVisitor code, int site) {
        call(code, "enter", site);
    }

    void exit(MethodVisitor code, int site) {
        call(code, "exit", site);
    }

    void thrown(MethodVisitor code, int site) {
        call(code, "thrown", site);
    }

    /** Has no variants: it is rare. */
    void caught(MethodVisitor code, int site) {
        code.visitLdcInsn(site);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, "caught", DESCRIPTOR, false);
    }

    private void call(MethodVisitor code, String probe, int site) {
        code.visitLdcInsn(site);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, probe + suffix, DESCRIPTOR, false);
    }
}
