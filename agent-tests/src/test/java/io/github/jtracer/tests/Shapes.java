package io.github.jtracer.tests;

import static net.bytebuddy.jar.asm.Opcodes.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Class files that no compiler at hand writes: old versions, unusual layouts, sizes near the
 * limits. Each has {@code public static int answer()}.
 */
final class Shapes {
    static final String PACKAGE = "io/github/jtracer/tests/program/shapes/";
    private static final Path FOLDER = make();

    private Shapes() {}

    /** A class folder with all of them. */
    static Path folder() {
        return FOLDER;
    }

    static String name(String simple) {
        return (PACKAGE + simple).replace('/', '.');
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("jtracer-shapes");
            Files.createDirectories(folder.resolve(PACKAGE));
            write(folder, "Subroutine", V1_5, ClassWriter.COMPUTE_MAXS, Shapes::subroutine);
            write(folder, "NoFrames", V1_6, ClassWriter.COMPUTE_MAXS, Shapes::branches);
            write(folder, "Branches", V17, ClassWriter.COMPUTE_FRAMES, Shapes::branches);
            write(folder, "LoopAtStart", V17, ClassWriter.COMPUTE_FRAMES, Shapes::loopAtStart);
            write(folder, "ReusedThis", V17, ClassWriter.COMPUTE_FRAMES, Shapes::reusedThis);
            write(folder, "SuperAtEnd", V17, 0, Shapes::superAtEnd);
            write(folder, "TryInSuper", V17, 0, Shapes::tryInSuper);
            for (int size : new int[] {7950, 20000, 29900, 31000, 40000, 65000}) {
                write(folder, "Size" + size, V17, ClassWriter.COMPUTE_FRAMES, c -> sized(c, size));
            }
            write(folder, "ManyConstants", V17, ClassWriter.COMPUTE_FRAMES, Shapes::manyConstants);
            write(folder, "Dependent", V17, ClassWriter.COMPUTE_MAXS, Shapes::dependent);
            write(folder, "Optional", V17, ClassWriter.COMPUTE_MAXS, Shapes::optional);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(
            Path folder, String name, int version, int flags, Consumer<Shape> content)
            throws IOException {
        ClassWriter writer =
                new ClassWriter(flags) {
                    @Override
                    protected String getCommonSuperClass(String one, String other) {
                        return "java/lang/Object";
                    }
                };
        writer.visit(
                version,
                ACC_PUBLIC | ACC_SUPER,
                PACKAGE + name,
                null,
                name.equals("Dependent") ? PACKAGE + "Missing" : "java/lang/Object",
                null);
        content.accept(new Shape(writer, PACKAGE + name));
        writer.visitEnd();
        Files.write(folder.resolve(PACKAGE + name + ".class"), writer.toByteArray());
    }

    private record Shape(ClassWriter writer, String name) {
        MethodVisitor answer() {
            MethodVisitor code =
                    writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "answer", "()I", null, null);
            code.visitCode();
            return code;
        }

        /** A constructor with one int, and an answer that calls it and gives its field. */
        MethodVisitor constructor() {
            writer.visitField(ACC_PUBLIC, "value", "I", null, null).visitEnd();
            MethodVisitor answer = answer();
            answer.visitTypeInsn(NEW, name);
            answer.visitInsn(DUP);
            answer.visitIntInsn(BIPUSH, 41);
            answer.visitMethodInsn(INVOKESPECIAL, name, "<init>", "(I)V", false);
            answer.visitFieldInsn(GETFIELD, name, "value", "I");
            end(answer, IRETURN);
            MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", "(I)V", null, null);
            code.visitCode();
            return code;
        }
    }

    private static void end(MethodVisitor code, int opcode) {
        code.visitInsn(opcode);
        code.visitMaxs(3, 3);
        code.visitEnd();
    }

    /** As compilers translated finally up to Java 5. */
    private static void subroutine(Shape shape) {
        MethodVisitor code = shape.answer();
        Label subroutine = new Label();
        code.visitInsn(ICONST_1);
        code.visitVarInsn(ISTORE, 0);
        code.visitJumpInsn(JSR, subroutine);
        code.visitJumpInsn(JSR, subroutine);
        code.visitVarInsn(ILOAD, 0);
        code.visitInsn(IRETURN);
        code.visitLabel(subroutine);
        code.visitVarInsn(ASTORE, 1);
        code.visitIincInsn(0, 20);
        code.visitVarInsn(RET, 1);
        code.visitMaxs(2, 2);
        code.visitEnd();
    }

    /** Several returns, and a handler; with or without frames. */
    private static void branches(Shape shape) {
        MethodVisitor code = shape.answer();
        Label from = new Label();
        Label to = new Label();
        Label handler = new Label();
        Label other = new Label();
        code.visitTryCatchBlock(from, to, handler, "java/lang/ArithmeticException");
        code.visitLabel(from);
        code.visitInsn(ICONST_1);
        code.visitMethodInsn(INVOKESTATIC, shape.name, "zero", "()I", false);
        code.visitInsn(IDIV);
        code.visitJumpInsn(IFEQ, other);
        code.visitInsn(ICONST_2);
        code.visitInsn(IRETURN);
        code.visitLabel(to);
        code.visitLabel(other);
        code.visitInsn(ICONST_3);
        code.visitInsn(IRETURN);
        code.visitLabel(handler);
        code.visitInsn(POP);
        code.visitIntInsn(BIPUSH, 41);
        end(code, IRETURN);
        MethodVisitor zero = shape.writer.visitMethod(ACC_STATIC, "zero", "()I", null, null);
        zero.visitCode();
        zero.visitInsn(ICONST_0);
        end(zero, IRETURN);
    }

    /** The first instruction is the target of a jump back. */
    private static void loopAtStart(Shape shape) {
        shape.writer.visitField(ACC_STATIC, "turns", "I", null, null).visitEnd();
        MethodVisitor code = shape.answer();
        Label start = new Label();
        code.visitLabel(start);
        code.visitFieldInsn(GETSTATIC, shape.name, "turns", "I");
        code.visitInsn(ICONST_1);
        code.visitInsn(IADD);
        code.visitInsn(DUP);
        code.visitFieldInsn(PUTSTATIC, shape.name, "turns", "I");
        code.visitIntInsn(BIPUSH, 41);
        code.visitInsn(IREM);
        code.visitJumpInsn(IFNE, start);
        code.visitIntInsn(BIPUSH, 41);
        end(code, IRETURN);
    }

    /** A constructor that puts something else where its object was, before and after super(). */
    private static void reusedThis(Shape shape) {
        MethodVisitor code = shape.constructor();
        code.visitVarInsn(ALOAD, 0);
        code.visitInsn(DUP);
        code.visitVarInsn(ILOAD, 1);
        code.visitVarInsn(ISTORE, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitVarInsn(ILOAD, 0);
        code.visitFieldInsn(PUTFIELD, shape.name, "value", "I");
        end(code, RETURN);
    }

    /** A constructor whose code stands in another order than it runs. */
    private static void superAtEnd(Shape shape) {
        MethodVisitor code = shape.constructor();
        Label initialize = new Label();
        Label rest = new Label();
        code.visitJumpInsn(GOTO, initialize);
        code.visitLabel(rest);
        code.visitFrame(F_FULL, 2, new Object[] {shape.name, INTEGER}, 0, new Object[0]);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 1);
        code.visitFieldInsn(PUTFIELD, shape.name, "value", "I");
        code.visitInsn(RETURN);
        code.visitLabel(initialize);
        code.visitFrame(F_FULL, 2, new Object[] {UNINITIALIZED_THIS, INTEGER}, 0, new Object[0]);
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitJumpInsn(GOTO, rest);
        code.visitMaxs(2, 2);
        code.visitEnd();
    }

    /** As Kotlin does it: super(try ... catch ...), the handler behind the call of super. */
    private static void tryInSuper(Shape shape) {
        MethodVisitor code = shape.constructor();
        Label from = new Label();
        Label to = new Label();
        Label handler = new Label();
        Label initialize = new Label();
        Object[] locals = {UNINITIALIZED_THIS, INTEGER};
        code.visitTryCatchBlock(from, to, handler, "java/lang/ArithmeticException");
        code.visitLabel(from);
        code.visitInsn(ICONST_1);
        code.visitInsn(ICONST_0);
        code.visitInsn(IDIV);
        code.visitVarInsn(ISTORE, 1);
        code.visitLabel(to);
        code.visitLabel(initialize);
        code.visitFrame(F_FULL, 2, locals, 0, new Object[0]);
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 1);
        code.visitFieldInsn(PUTFIELD, shape.name, "value", "I");
        code.visitInsn(RETURN);
        code.visitLabel(handler);
        code.visitFrame(F_FULL, 2, locals, 1, new Object[] {"java/lang/ArithmeticException"});
        code.visitInsn(POP);
        code.visitJumpInsn(GOTO, initialize);
        code.visitMaxs(3, 3);
        code.visitEnd();
    }

    /** About so many bytes, with a jump from the begin to the end. */
    private static void sized(Shape shape, int size) {
        MethodVisitor code = shape.answer();
        code.visitInsn(ICONST_0);
        code.visitVarInsn(ISTORE, 0);
        Label end = new Label();
        if (size < 32000) {
            code.visitVarInsn(ILOAD, 0);
            code.visitJumpInsn(IFNE, end);
        }
        for (int bytes = 20; bytes < size; bytes += 3) {
            code.visitIincInsn(0, 1);
        }
        code.visitLabel(end);
        code.visitIntInsn(BIPUSH, 41);
        end(code, IRETURN);
    }

    /** Larger than it looks: each of its constants takes three bytes to load. */
    private static void manyConstants(Shape shape) {
        for (int i = 0; i < 300; i++) {
            shape.writer.newConst("constant " + i);
        }
        MethodVisitor code = shape.answer();
        Label end = new Label();
        code.visitInsn(ICONST_0);
        code.visitVarInsn(ISTORE, 0);
        code.visitVarInsn(ILOAD, 0);
        code.visitJumpInsn(IFNE, end);
        for (int i = 0; i < 8180; i++) {
            code.visitLdcInsn("constant " + (280 + i % 20));
            code.visitInsn(POP);
        }
        code.visitLabel(end);
        code.visitIntInsn(BIPUSH, 41);
        end(code, IRETURN);
    }

    /** Its superclass is missing, as an optional dependency is. */
    /** One of its constructors has a parameter of a type that is missing. */
    private static void optional(Shape shape) {
        String descriptor = "(L" + PACKAGE + "Missing;)V";
        MethodVisitor code = shape.writer.visitMethod(ACC_PUBLIC, "<init>", descriptor, null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(code, RETURN);
        MethodVisitor answer = shape.answer();
        answer.visitIntInsn(BIPUSH, 41);
        end(answer, IRETURN);
    }

    private static void dependent(Shape shape) {
        MethodVisitor code = shape.answer();
        code.visitIntInsn(BIPUSH, 41);
        end(code, IRETURN);
    }
}
