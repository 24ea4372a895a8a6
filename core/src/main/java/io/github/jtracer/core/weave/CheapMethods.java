package io.github.jtracer.core.weave;

import java.util.Map;
import java.util.Set;

/**
 * Methods of the JDK that take no longer than a few instructions: compilers have them as intrinsics
 * or inline them whole.
 */
final class CheapMethods {
    private static final Set<String> OWNERS =
            Set.of(
                    "java/lang/Object",
                    "java/lang/Math",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Boolean",
                    "java/lang/Character",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Float",
                    "java/lang/Double",
                    "java/lang/Enum",
                    "java/util/Objects",
                    "java/util/Optional");

    /** Their methods that run somebody else's code, or a loop. */
    private static final Set<String> BUT_NOT =
            Set.of(
                    "wait",
                    "notify",
                    "notifyAll",
                    "toString",
                    "equals",
                    "hashCode",
                    "hash",
                    "map",
                    "flatMap",
                    "filter",
                    "ifPresent",
                    "ifPresentOrElse",
                    "or",
                    "orElseGet",
                    "orElseThrow",
                    "requireNonNullElseGet");

    /** More of the kind, one by one. Never an interface's: a lazy list asks a database. */
    private static final Map<String, Set<String>> MORE =
            Map.of(
                    "java/lang/String",
                    Set.of("length", "charAt", "isEmpty", "equals", "hashCode"),
                    "java/lang/Class",
                    Set.of("isInstance"),
                    "java/lang/System",
                    Set.of("arraycopy", "identityHashCode"),
                    "java/util/ArrayList",
                    Set.of("get", "size", "isEmpty"),
                    "java/util/BitSet",
                    Set.of("get", "set"));

    private CheapMethods() {}

    /**
     * @param called the constant that names the method
     */
    static boolean contain(ClassFile file, int called) {
        String owner = file.calledClass(called);
        if (!owner.startsWith("java/")) {
            return false;
        }
        Set<String> more = MORE.get(owner);
        return more != null && more.contains(file.calledName(called))
                || OWNERS.contains(owner) && !BUT_NOT.contains(file.calledName(called));
    }
}
