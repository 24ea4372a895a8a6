package io.github.jtracer.tests.target;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Class loaders that an application might have. */
final class Loaders {
    private static final String PACKAGE = "io.github.jtracer.tests.program.";
    private static final ClassLoader[] TWINS = new ClassLoader[2];
    private static final String ALONE = PACKAGE + "Alone";
    private static final List<Class<?>> NUMBERED = new ArrayList<>();
    private static final List<Class<?>> CLONES = new ArrayList<>();

    private Loaders() {}

    /** The class once more, in the loader of that number. */
    static Object twin(int number, String className, String method) throws Exception {
        if (TWINS[number] == null) {
            TWINS[number] = new Own(className);
        }
        return Class.forName(className, true, TWINS[number]).getMethod(method).invoke(null);
    }

    /** So many classes of that name, each in a loader of its own, which stay. */
    static int clones(int count, String className) throws Exception {
        for (int i = 0; i < count; i++) {
            CLONES.add(Class.forName(className, true, new Own(className)));
        }
        return CLONES.size();
    }

    /**
     * So many classes like {@code Alone}, named {@code A0000} and so on.
     *
     * @param used whether they are initialized
     */
    static int numbered(int count, boolean used) throws Exception {
        String original = new String(bytes(ALONE), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < count; i++) {
            String number = String.format("A%04d", NUMBERED.size());
            Define loader = new Define(original.replace("Alone", number));
            NUMBERED.add(Class.forName(PACKAGE + number, used, loader));
        }
        return NUMBERED.size();
    }

    /** Calls {@code answer} of each of them; what they answer, if all answer the same. */
    static String callNumbered() throws Exception {
        Set<String> answers = new TreeSet<>();
        for (Class<?> type : NUMBERED) {
            answers.add(String.valueOf(type.getMethod("answer").invoke(null)));
        }
        return String.join(" / ", answers);
    }

    /** The names of their parameters, if all have the same; does not use them. */
    static String parametersOfNumbered() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Class<?> type : NUMBERED) {
            for (Parameter each :
                    type.getDeclaredMethod("sum", int.class, int.class).getParameters()) {
                names.add(each.getName());
            }
        }
        return String.join(" ", names);
    }

    static String hidden(String className) throws Exception {
        Class<?> neighbour = Class.forName(className);
        return String.valueOf(
                MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
                        .defineHiddenClass(bytes(className), true)
                        .lookupClass()
                        .getMethod("answer")
                        .invoke(null));
    }

    private static byte[] bytes(String className) throws Exception {
        String resource = className.replace('.', '/') + ".class";
        try (InputStream in = Loaders.class.getClassLoader().getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    /** Has one class of its own, with the name of one that its parent has too. */
    private static final class Own extends ClassLoader {
        private final String own;

        Own(String own) {
            super(Loaders.class.getClassLoader());
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(own)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            try {
                byte[] bytes = bytes(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            } catch (Exception e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Defines one class, which it can also give the file of. */
    private static final class Define extends ClassLoader {
        private final byte[] file;

        Define(String latin1) {
            super(Loaders.class.getClassLoader());
            file = latin1.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        protected Class<?> findClass(String name) {
            return defineClass(name, file, 0, file.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return new ByteArrayInputStream(file);
        }
    }

    /** Finds the superclass of {@code LateChild} only when it is told to. */
    static final class Late extends ClassLoader {
        private static final CountDownLatch ASKED = new CountDownLatch(1);
        private static final CountDownLatch FOUND = new CountDownLatch(1);
        private static final CompletableFuture<Class<?>> CHILD = new CompletableFuture<>();
        private static final String CHILD_NAME = PACKAGE + "LateChild";
        private static final String PARENT_NAME = PACKAGE + "LateParent";

        private Late() {
            super(Loaders.class.getClassLoader());
        }

        static String begin() throws Exception {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    CHILD.complete(Class.forName(CHILD_NAME, true, new Late()));
                                } catch (Throwable e) {
                                    CHILD.completeExceptionally(e);
                                }
                            },
                            "late");
            thread.setDaemon(true);
            thread.start();
            ASKED.await();
            return CHILD_NAME;
        }

        static String end() throws Exception {
            FOUND.countDown();
            return answer();
        }

        static String answer() throws Exception {
            return String.valueOf(CHILD.get().getMethod("answer").invoke(null));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(CHILD_NAME) && !name.equals(PARENT_NAME)) {
                return super.loadClass(name, resolve);
            }
            try {
                if (name.equals(PARENT_NAME)) {
                    ASKED.countDown();
                    FOUND.await();
                }
                Class<?> loaded = findLoadedClass(name);
                byte[] bytes = bytes(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            } catch (Exception e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
