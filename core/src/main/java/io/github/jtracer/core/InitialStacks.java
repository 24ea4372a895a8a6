package io.github.jtracer.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each platform thread was inside when the recording began, as far as it is woven code.
 *
 * <p>One thread after the other: each is stopped for its own walk, never all at once.
 *
 * @param frames by thread, innermost first
 */
record InitialStacks(Map<Thread, List<StackTraceElement>> frames) {
    static final InitialStacks NONE = new InitialStacks(Map.of());

    /**
     * @param classes names of the classes whose frames are wanted
     */
    static InitialStacks capture(Set<String> classes) {
        Map<Thread, List<StackTraceElement>> all = new LinkedHashMap<>();
        for (Thread thread : Threads.all()) {
            List<StackTraceElement> wanted = new ArrayList<>();
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (classes.contains(frame.getClassName())) {
                    wanted.add(frame);
                }
            }
            if (!wanted.isEmpty()) {
                all.put(thread, wanted);
            }
        }
        return new InitialStacks(all);
    }
}
