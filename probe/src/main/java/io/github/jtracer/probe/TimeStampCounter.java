package io.github.jtracer.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * The processor's time-stamp counter, read by ten bytes of machine code behind a critical downcall.
 *
 * <p>A third of what {@code System.nanoTime()} costs. Needs {@code java.lang.foreign} (JDK 22), an
 * x86-64 Linux, and a kernel that trusts the counter itself: it does the watching over cores and
 * frequencies. Everything here is reflective, because the sources are compiled for Java 17. It has
 * to run in {@code java.base}, which may use restricted methods without a warning.
 */
public final class TimeStampCounter {
    private static final int FIRST_JDK = 22;
    private static final Path CLOCK_SOURCE =
            Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");

    /** {@code rdtsc; shl rdx, 32; or rax, rdx; ret}. */
    private static final byte[] CODE = {
        0x0F, 0x31, 0x48, (byte) 0xC1, (byte) 0xE2, 0x20, 0x48, 0x09, (byte) 0xD0, (byte) 0xC3
    };

    private static final long PAGE = 4096;

    /** Holds the handle, so that the compilers see a constant. Linked at the first use. */
    private static final class Linked {
        static final MethodHandle READ;
        static final Throwable FAILURE;

        static {
            MethodHandle read = null;
            Throwable failure = null;
            try {
                read = link();
                for (int i = 0; i < TopTier.SETTLED_CALLS; i++) {
                    long settled = (long) read.invokeExact();
                }
            } catch (Throwable e) {
                failure = e;
            }
            READ = read;
            FAILURE = failure;
        }
    }

    private TimeStampCounter() {}

    /** The counter. Only where {@link #unavailable} is empty. */
    @ForceInline
    static long read() {
        try {
            return (long) Linked.READ.invokeExact();
        } catch (Throwable e) {
            return 0;
        }
    }

    /** Why this clock cannot be used here, in a few words; empty if it can. */
    public static Optional<String> unavailable() {
        if (Runtime.version().feature() < FIRST_JDK) {
            return Optional.of("needs JDK " + FIRST_JDK);
        }
        if (!System.getProperty("os.arch").equals("amd64")
                || !System.getProperty("os.name").equals("Linux")) {
            return Optional.of("only on Linux on x86-64");
        }
        try {
            String source = Files.readString(CLOCK_SOURCE).strip();
            if (!source.equals("tsc")) {
                return Optional.of("the kernel does not trust it: its clock source is " + source);
            }
        } catch (Exception e) {
            return Optional.of("the kernel does not say whether it trusts it");
        }
        return Linked.FAILURE == null
                ? Optional.empty()
                : Optional.of("it cannot be linked: " + Linked.FAILURE);
    }

    private static MethodHandle link() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Foreign foreign = new Foreign(lookup);
        MethodHandle map = foreign.downcall("mmap", "JJJIIIJ", false);
        // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS
        long page = (long) map.invokeWithArguments(0L, PAGE, 3, 0x22, -1, 0L);
        if (page == -1) {
            throw new IllegalStateException("no page");
        }
        Unsafe unsafe = Unsafe.getUnsafe();
        for (int i = 0; i < CODE.length; i++) {
            unsafe.putByte(page + i, CODE[i]);
        }
        // PROT_READ | PROT_EXEC: never writable and executable at once.
        MethodHandle protect = foreign.downcall("mprotect", "IJJI", false);
        if ((int) protect.invokeWithArguments(page, PAGE, 5) != 0) {
            throw new IllegalStateException("no executable page");
        }
        return foreign.downcall(page, "J", true).asType(MethodType.methodType(long.class));
    }

    /** {@code java.lang.foreign}, as far as it is needed, by reflection. */
    private static final class Foreign {
        private final MethodHandles.Lookup lookup;
        private final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        private final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
        private final Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
        private final Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
        private final Class<?> linker = Class.forName("java.lang.foreign.Linker");
        private final Class<?> symbols = Class.forName("java.lang.foreign.SymbolLookup");
        private final Object nativeLinker;

        Foreign(MethodHandles.Lookup lookup) throws Throwable {
            this.lookup = lookup;
            nativeLinker =
                    lookup.findStatic(linker, "nativeLinker", MethodType.methodType(linker))
                            .invoke();
        }

        /** The C function of that name. */
        MethodHandle downcall(String name, String signature, boolean critical) throws Throwable {
            Object defaults =
                    lookup.findVirtual(linker, "defaultLookup", MethodType.methodType(symbols))
                            .invoke(nativeLinker);
            Optional<?> found =
                    (Optional<?>)
                            lookup.findVirtual(
                                            symbols,
                                            "find",
                                            MethodType.methodType(Optional.class, String.class))
                                    .invoke(defaults, name);
            return downcall(found.orElseThrow(), signature, critical);
        }

        /** The code at that address. */
        MethodHandle downcall(long address, String signature, boolean critical) throws Throwable {
            Object target =
                    lookup.findStatic(
                                    segment,
                                    "ofAddress",
                                    MethodType.methodType(segment, long.class))
                            .invoke(address);
            return downcall(target, signature, critical);
        }

        /**
         * @param signature result and parameters, {@code J} or {@code I} each
         */
        private MethodHandle downcall(Object target, String signature, boolean critical)
                throws Throwable {
            Object parameters = Array.newInstance(layout, signature.length() - 1);
            for (int i = 1; i < signature.length(); i++) {
                Array.set(parameters, i - 1, layoutOf(signature.charAt(i)));
            }
            Object function =
                    lookup.findStatic(
                                    descriptor,
                                    "of",
                                    MethodType.methodType(descriptor, layout, layout.arrayType()))
                            .asFixedArity()
                            .invoke(layoutOf(signature.charAt(0)), parameters);
            Object options = Array.newInstance(option, critical ? 1 : 0);
            if (critical) {
                Array.set(
                        options,
                        0,
                        lookup.findStatic(
                                        option,
                                        "critical",
                                        MethodType.methodType(option, boolean.class))
                                .invoke(false));
            }
            MethodType type =
                    MethodType.methodType(
                            MethodHandle.class, segment, descriptor, option.arrayType());
            return (MethodHandle)
                    lookup.findVirtual(linker, "downcallHandle", type)
                            .asFixedArity()
                            .invoke(nativeLinker, target, function, options);
        }

        private Object layoutOf(char kind) throws Throwable {
            Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
            String name = kind == 'J' ? "JAVA_LONG" : "JAVA_INT";
            Class<?> type =
                    Class.forName(
                            "java.lang.foreign.ValueLayout$Of" + (kind == 'J' ? "Long" : "Int"));
            return lookup.findStaticGetter(values, name, type).invoke();
        }
    }
}
