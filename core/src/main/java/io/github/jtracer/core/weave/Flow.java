package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;

/**
 * The calls of a loop-free method and the ways around them, in the order of its bytecode: all that
 * matters to whether it is trivial.
 */
final class Flow {
    /** A place in the bytecode that matters. */
    private sealed interface Step permits Call, Jump, Landing, End {}

    /**
     * Calls a method, or does something else that takes a time nobody knows.
     *
     * @param method name and descriptor
     * @param certain whether it is that very method, or at most one that overrides it
     */
    record Call(String owner, String method, boolean certain) implements Step {}

    /** Goes on at a later place, always or sometimes. */
    private record Jump(Label target, boolean always) implements Step {}

    /** A place where something jumps to. */
    private record Landing(Label label) implements Step {}

    /** Returns or throws. */
    private enum End implements Step {
        RETURN,
        THROW
    }

    /** What a call may take. */
    enum Cost {
        /** Next to nothing. */
        NONE,
        /** It may be long; then it is traced itself. */
        TRACED,
        /** It may be long, and nobody would see. */
        UNKNOWN
    }

    /** Says what a call may take. */
    interface Costs {
        Cost of(Call call);
    }

    private final List<Step> steps = new ArrayList<>();
    private final Set<Label> targets = new HashSet<>();

    void call(String owner, String method, boolean certain) {
        steps.add(new Call(owner, method, certain));
    }

    void jump(Label target, boolean always) {
        targets.add(target);
        steps.add(new Jump(target, always));
    }

    void label(Label label) {
        if (targets.contains(label)) {
            steps.add(new Landing(label));
        }
    }

    void returns() {
        steps.add(End.RETURN);
    }

    /** Also where a switch ends, whose targets have been given as jumps. */
    void stops() {
        steps.add(End.THROW);
    }

    /**
     * Whether the method can return without any call that may be long, or only passes on to one
     * other method; and whether whatever it calls would show in the trace. What is done only to
     * throw an exception does not count.
     */
    boolean quick(Costs costs) {
        boolean[] throwing = throwing();
        Set<Label> reached = new HashSet<>();
        boolean here = true;
        boolean quick = false;
        int traced = 0;
        for (int i = 0; i < throwing.length; i++) {
            Step step = steps.get(i);
            if (step instanceof Call call && !throwing[i]) {
                Cost cost = costs.of(call);
                if (cost == Cost.UNKNOWN) {
                    return false;
                }
                here &= cost == Cost.NONE;
                traced += cost == Cost.TRACED ? 1 : 0;
            } else if (step instanceof Landing landing) {
                here |= reached.contains(landing.label());
            } else if (step instanceof Jump jump) {
                if (here) {
                    reached.add(jump.target());
                }
                here &= !jump.always();
            } else if (step instanceof End) {
                quick |= here && step == End.RETURN;
                here = false;
            }
        }
        return quick || traced <= 1;
    }

    /** For each step, whether from there on nothing can happen but an exception. */
    private boolean[] throwing() {
        boolean[] throwing = new boolean[steps.size()];
        boolean here = false;
        for (int i = throwing.length - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step instanceof Jump || step instanceof End) {
                here = step == End.THROW && !(i > 0 && steps.get(i - 1) instanceof Jump);
            }
            throwing[i] = here;
        }
        return throwing;
    }
}
