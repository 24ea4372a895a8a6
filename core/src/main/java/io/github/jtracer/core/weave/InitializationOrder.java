package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;

/**
 * Whether a constructor's code stands in the order in which it runs: first all that comes before
 * the call of another constructor, then the rest.
 *
 * <p>Compilers for Java write it so. Others may put a handler of what is before behind it, or move
 * blocks; then no range of instructions is the uninitialized part, which needs a handler of its
 * own.
 */
final class InitializationOrder {
    private final Set<Label> before = new HashSet<>();
    private final List<Label> targetsOfBefore = new ArrayList<>();
    private final List<Label> targetsOfAfter = new ArrayList<>();
    private final List<Label[]> handlers = new ArrayList<>();
    private boolean initialized;
    private boolean thisOverwritten;

    void label(Label label) {
        if (!initialized) {
            before.add(label);
        }
    }

    void initialized() {
        initialized = true;
    }

    /** Something else is put where the object was. */
    void thisOverwritten() {
        thisOverwritten |= !initialized;
    }

    void jump(Label... targets) {
        (initialized ? targetsOfAfter : targetsOfBefore).addAll(List.of(targets));
    }

    void handler(Label start, Label handler) {
        handlers.add(new Label[] {start, handler});
    }

    boolean isBroken() {
        return thisOverwritten
                || !before.containsAll(targetsOfBefore)
                || targetsOfAfter.stream().anyMatch(before::contains)
                || handlers.stream().anyMatch(h -> before.contains(h[0]) != before.contains(h[1]));
    }
}
