package io.github.jtracer.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jtracer.core.filter.ClassFacts;
import io.github.jtracer.core.filter.ClassFilter;
import io.github.jtracer.probe.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Thousands of real class files, woven: read by another library, and linked by this JVM. */
class WovenClassesTest {
    private static final int MIN_CLASSES = 2000;

    private final ClassWeaver weaver = weaver(LoggedValues.NONE);

    private static ClassWeaver weaver(LoggedValues values) {
        return new ClassWeaver(
                ClassFilter.everything(), new MethodIds(), true, Clock.NANO, false, values);
    }

    private static ClassFacts facts(String name) {
        return new ClassFacts(
                name.replace('/', '.'), null, WovenClassesTest.class.getClassLoader(), null);
    }

    private static byte[] weave(ClassWeaver weaver, byte[] original) {
        return weaver.weave(
                        facts(new ClassReader(original).getClassName()),
                        original,
                        ParameterNames.NONE)
                .bytes;
    }

    @Test
    void allButTheProbesIsAsItWas() throws IOException {
        AtomicInteger woven = new AtomicInteger();
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        for (String module : List.of("java.base", "java.logging", "jdk.compiler", "java.sql")) {
            try (Stream<Path> files = Files.walk(modules.resolve(module))) {
                // Every third is enough to meet every kind, and takes a third of the time.
                AtomicInteger nth = new AtomicInteger();
                for (Path file :
                        (Iterable<Path>)
                                files.filter(f -> f.toString().endsWith(".class"))
                                                .filter(f -> nth.incrementAndGet() % 3 == 0)
                                        ::iterator) {
                    if (compare(file.toString(), Files.readAllBytes(file))) {
                        woven.incrementAndGet();
                    }
                }
            }
        }
        assertThat(woven.get()).isGreaterThan(MIN_CLASSES);
    }

    private boolean compare(String what, byte[] original) {
        ClassNode before = read(original);
        if (before.name.equals("module-info") || before.name.equals("java/lang/Object")) {
            return false;
        }
        ClassWeaver.Result result = weaver.weave(facts(before.name), original, ParameterNames.NONE);
        if (result.bytes == null) {
            return false;
        }
        ClassNode after = read(result.bytes);
        assertThat(after.methods).hasSameSizeAs(before.methods);
        assertThat(after.fields).hasSameSizeAs(before.fields);
        for (int i = 0; i < before.methods.size(); i++) {
            MethodNode was = before.methods.get(i);
            MethodNode is = after.methods.get(i);
            String where = what + " " + was.name + was.desc;
            Code old = Code.of(was);
            Code code = Code.of(is);
            assertThat(code.lines()).as(where).isEqualTo(old.lines());
            boolean skipped = result.skipped.containsKey(was.name + was.desc);
            if (was.instructions.size() > 0 && !skipped) {
                assertThat(code.probes()).as(where).containsExactlyElementsOf(expected(was, code));
            } else {
                assertThat(code.probes()).as(where).isEmpty();
            }
        }
        return true;
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        return node;
    }

    /** What the probes have to be, from the method as it was. */
    private static List<String> expected(MethodNode method, Code woven) {
        String site = woven.probes().get(0).split(" ")[1];
        List<String> expected = new ArrayList<>();
        expected.add("enter " + site + " before 0");
        int instruction = 0;
        int initializer = -1;
        int news = 0;
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() < 0) {
                continue;
            }
            if (startsHandler(method, node)) {
                expected.add("caught " + site + " before " + instruction);
            }
            if (Code.isReturn(node)) {
                expected.add("exit " + site + " before " + instruction);
            }
            if (node.getOpcode() == org.objectweb.asm.Opcodes.NEW) {
                news++;
            }
            if (node instanceof org.objectweb.asm.tree.MethodInsnNode call
                    && call.name.equals("<init>")
                    && method.name.equals("<init>")
                    && initializer < 0
                    && news-- == 0) {
                initializer = instruction;
            }
            instruction++;
        }
        int handlers = method.name.equals("<init>") ? 2 : 1;
        for (int i = 0; i < handlers; i++) {
            expected.add("thrown " + site + " before the end");
        }
        if (handlers == 2) {
            expected.add("handler of 0 to " + initializer);
            expected.add("handler of " + (initializer + 1) + " to " + instruction);
        } else {
            expected.add("handler of 0 to " + instruction);
        }
        return expected;
    }

    private static boolean startsHandler(MethodNode method, AbstractInsnNode node) {
        boolean typed = false;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            AbstractInsnNode first = block.handler;
            while (first != null && first.getOpcode() < 0) {
                first = first.getNext();
            }
            if (first == node) {
                if (block.type == null) {
                    return false;
                }
                typed = true;
            }
        }
        return typed;
    }

    /** Defines what it has, woven. */
    private static final class WovenLoader extends ClassLoader {
        private final Map<String, byte[]> classes;

        WovenLoader(Map<String, byte[]> classes) {
            super(WovenClassesTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = classes.get(name);
                Class<?> known = findLoadedClass(name);
                if (known != null || bytes == null) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void theVerifierTakesThem(boolean arguments, boolean results) throws IOException {
        ClassWeaver weaver = weaver(new LoggedValues(arguments, results));
        Map<String, byte[]> originals = new HashMap<>();
        Map<String, byte[]> woven = new HashMap<>();
        for (Class<?> in :
                List.of(
                        Test.class,
                        assertThat("").getClass(),
                        ClassReader.class,
                        ClassNode.class,
                        com.tngtech.archunit.ArchConfiguration.class)) {
            for (Map.Entry<String, byte[]> type : jarOf(in).entrySet()) {
                byte[] bytes = weave(weaver, type.getValue());
                originals.put(type.getKey(), type.getValue());
                woven.put(type.getKey(), bytes == null ? type.getValue() : bytes);
            }
        }
        ClassLoader loader = new WovenLoader(woven);
        ClassLoader unwoven = new WovenLoader(originals);
        int linked = 0;
        for (String name : woven.keySet()) {
            String failure = link(name, loader);
            if (failure == null) {
                linked++;
            } else {
                // Its optional dependency is missing; then it is so without probes too.
                assertThat(failure).as(name).isEqualTo(link(name, unwoven));
            }
        }
        assertThat(linked).isGreaterThan(MIN_CLASSES);
    }

    private static Map<String, byte[]> jarOf(Class<?> type) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        try (JarFile jar = new JarFile(path)) {
            for (var entry : java.util.Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF/")
                        && !name.equals("module-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.put(
                                name.substring(0, name.length() - 6).replace('/', '.'),
                                in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** What went wrong, or null. */
    private static String link(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (type.isInterface()) {
                type.getDeclaredFields();
            }
            type.getDeclaredConstructors();
            return null;
        } catch (LinkageError | ClassNotFoundException | RuntimeException e) {
            return e.getClass() + " " + e.getMessage();
        }
    }

    @Test
    void aDamagedClassFileIsAnErrorAndNoEndlessLoop() throws IOException {
        byte[] original = jarOf(ClassReader.class).get(ClassReader.class.getName());
        Random random = new Random(7);
        int failed = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = original.clone();
            for (int k = 0; k <= i % 4; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                weaver.weave(facts("damaged"), damaged, ParameterNames.NONE);
            } catch (RuntimeException | StackOverflowError e) {
                failed++;
            }
        }
        for (int length = 0; length < original.length; length += 13) {
            byte[] cut = java.util.Arrays.copyOf(original, length);
            try {
                weaver.weave(facts("damaged"), cut, ParameterNames.NONE);
            } catch (RuntimeException e) {
                failed++;
            }
        }
        assertThat(failed).isPositive();
    }
}
