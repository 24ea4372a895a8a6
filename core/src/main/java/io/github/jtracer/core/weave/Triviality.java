package io.github.jtracer.core.weave;

import java.util.LinkedHashMap;
import java.util.Map;
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

    /** What is known of a method; nothing of those whose instructions rule it out. */
    private static final class Candidate {
        final MethodFacts method;
        final Flow flow;

        /** Null until it is decided. */
        Boolean trivial;

        Candidate(MethodFacts method) {
            this.method = method;
            flow = plain(method) ? new Flow(method) : null;
            if (method.bridge()) {
                trivial = true;
            } else if (flow == null) {
                trivial = false;
            }
        }
    }

    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    Triviality(ClassFile file, Predicate<String> traced) {
        this.file = file;
        this.traced = traced;
        for (MethodFacts method : file.methods) {
            candidates.put(method.key(), new Candidate(method));
        }
        decide();
    }

    boolean of(MethodFacts method) {
        return candidates.get(method.key()).trivial;
    }

    /**
     * Decides those first that call nothing undecided, then those that call these. What is left
     * calls itself by way of others: one such method that is not trivial breaks the ring.
     *
     * <p>Rounds, and no recursion: that would be compiled with itself inside, which took the JIT
     * longer than all the rest took.
     */
    private void decide() {
        while (true) {
            boolean progress = false;
            Candidate undecided = null;
            for (Candidate candidate : candidates.values()) {
                if (candidate.trivial == null) {
                    candidate.trivial = candidate.flow.quick(called -> cost(candidate, called));
                    progress |= candidate.trivial != null;
                    undecided = candidate.trivial == null ? candidate : undecided;
                }
            }
            if (undecided == null) {
                return;
            }
            if (!progress) {
                undecided.trivial = false;
            }
        }
    }

    private static boolean plain(MethodFacts method) {
        return method.hasCode()
                && method.codeLength() <= TRIVIAL_BYTES
                && !method.isSynchronized()
                && !method.name.equals("<clinit>")
                && !method.body().loops
                && !method.body().locks;
    }

    private Flow.Cost cost(Candidate caller, int called) {
        String owner = file.calledClass(called);
        if (!owner.equals(file.name)) {
            return owner.startsWith("[")
                            || file.calledName(called).equals(caller.method.name)
                            || !traced.test(owner)
                    ? Flow.Cost.UNKNOWN
                    : Flow.Cost.TRACED;
        }
        Candidate callee = candidates.get(file.calledMethod(called));
        if (callee == null || callee == caller || callee.method.isNative()) {
            return Flow.Cost.UNKNOWN;
        }
        if (callee.trivial == null) {
            return Flow.Cost.UNDECIDED;
        }
        if (callee.trivial && !callee.method.overridable()) {
            return Flow.Cost.NONE;
        }
        return traced.test(file.name) ? Flow.Cost.TRACED : Flow.Cost.UNKNOWN;
    }
}
