package io.github.jtracer.core.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which methods of a class are too small to matter: those that can return without calling anything,
 * or that only pass on to one other method; for itself such a method takes no longer than its own
 * few instructions do.
 *
 * <p>It has no loop and no lock, allocates no array of unknown size, and is no bigger than what is
 * inlined. A call does not count if what it calls is trivial too, or if it only serves to throw an
 * exception. There may be other ways through it that do call something long: a cache's miss, a full
 * buffer. What is called there has to be traced itself, so that nothing long is missing from the
 * timeline, at most the name of who called it. So nothing else of the JDK's, of interfaces, or
 * outside of the filter may be called, and nothing that could be a recursion: this method, or
 * another class's of the same name. A bridge that the compiler made to call the method of its own
 * name is left alone too. In the application's own classes nothing counts as traced: there a
 * trivial method is one that calls nothing at all.
 */
final class Triviality {
    /** The most bytecode that HotSpot inlines where it is hot ({@code FreqInlineSize}). */
    private static final int TRIVIAL_BYTES = 325;

    private final ClassFile file;

    /** Whether all methods of a class (its internal name) are traced. */
    private final Predicate<String> traced;

    private final Map<String, MethodFacts> methods = new HashMap<>();
    private final Map<MethodFacts, Boolean> known = new HashMap<>();
    private final Set<MethodFacts> asking = new HashSet<>();

    Triviality(ClassFile file, Predicate<String> traced) {
        this.file = file;
        this.traced = traced;
        for (MethodFacts method : file.methods) {
            methods.put(method.key(), method);
        }
    }

    boolean of(MethodFacts method) {
        Boolean answer = known.get(method);
        if (answer == null) {
            asking.add(method);
            answer =
                    method.bridge()
                            || plain(method)
                                    && new Flow(method).quick(called -> cost(method, called));
            asking.remove(method);
            known.put(method, answer);
        }
        return answer;
    }

    private static boolean plain(MethodFacts method) {
        return method.hasCode()
                && method.codeLength() <= TRIVIAL_BYTES
                && !method.isSynchronized()
                && !method.name.equals("<clinit>")
                && !method.body().loops
                && !method.body().locks;
    }

    private Flow.Cost cost(MethodFacts caller, int called) {
        String owner = file.calledClass(called);
        if (!owner.equals(file.name)) {
            return owner.startsWith("[")
                            || file.calledName(called).equals(caller.name)
                            || !traced.test(owner)
                    ? Flow.Cost.UNKNOWN
                    : Flow.Cost.TRACED;
        }
        MethodFacts callee = methods.get(file.calledMethod(called));
        if (callee == null || asking.contains(callee) || callee.isNative()) {
            return Flow.Cost.UNKNOWN;
        }
        if (of(callee) && !callee.overridable()) {
            return Flow.Cost.NONE;
        }
        return traced.test(file.name) ? Flow.Cost.TRACED : Flow.Cost.UNKNOWN;
    }
}
