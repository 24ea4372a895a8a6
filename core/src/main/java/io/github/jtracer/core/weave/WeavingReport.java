package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What weaving did, what it left alone, and where the time went. Thread-safe. */
public final class WeavingReport {
    private static final int MAX_LISTED = 200;

    private final Map<String, Integer> wovenByClass = new HashMap<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> firstLate = new ArrayList<>();

    /** By what was done, in nanoseconds; several threads may have done it. */
    private final Map<String, Long> timings = new LinkedHashMap<>();

    private int skippedCount;
    private int trivial;
    private int excluded;
    private int postponed;
    private int late;
    private int pauses;
    private long longestPauseMillis = -1;

    public void time(String what, Runnable work) {
        long start = System.nanoTime();
        try {
            work.run();
        } finally {
            add(what, System.nanoTime() - start);
        }
    }

    <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(what, System.nanoTime() - start);
        }
    }

    private synchronized void add(String what, long nanos) {
        timings.merge(what, nanos, Long::sum);
    }

    synchronized void add(String className, ClassWeaver.Result result) {
        if (result.woven > 0) {
            wovenByClass.put(className, result.woven);
        }
        trivial += result.trivial;
        excluded += result.excluded;
        result.skipped.forEach((method, why) -> skipped(className + " " + method + ": " + why));
    }

    synchronized void skipped(String line) {
        skippedCount++;
        if (skipped.size() < MAX_LISTED) {
            skipped.add(line);
        }
    }

    synchronized void skippedClass(String line) {
        skipped(line);
    }

    /** A class that was woven, but that the JVM did not take. */
    synchronized void failed(String className, Throwable why) {
        wovenByClass.remove(className);
        skipped(className + ": " + why);
    }

    /**
     * @param millis how long the world was stopped; -1 if the JVM does not say
     */
    synchronized void pause(long millis) {
        pauses++;
        longestPauseMillis = Math.max(longestPauseMillis, millis);
    }

    /** So many classes nobody has used yet; they are woven while it records. */
    synchronized void postponed(int classes) {
        postponed = classes;
    }

    /** A class that was used before it was woven: calls of it may be missing. */
    synchronized void late(String className) {
        late++;
        if (firstLate.size() < MAX_LISTED) {
            firstLate.add(className);
        }
    }

    /** It cannot be said which, because the target has no heap left. Allocates nothing. */
    synchronized void lateUnknown() {
        late += postponed;
    }

    public synchronized int classes() {
        return wovenByClass.size();
    }

    public synchronized int methods() {
        return wovenByClass.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Methods that were left alone because they are too small to matter. */
    public synchronized int trivial() {
        return trivial;
    }

    /** Methods that were included and excluded, of classes that are not excluded as a whole. */
    public synchronized int excluded() {
        return excluded;
    }

    /** Classes and methods that could not be woven. */
    public synchronized int skipped() {
        return skippedCount;
    }

    /** Classes that nobody had used when the recording began, and that were woven while it ran. */
    public synchronized int postponed() {
        return postponed;
    }

    /** How many of them were used before they were woven: calls of them may be missing. */
    public synchronized int late() {
        return late;
    }

    /** The names of some of these. */
    public synchronized List<String> firstLate() {
        return List.copyOf(firstLate);
    }

    /** Times that the world was stopped. */
    public synchronized int pauses() {
        return pauses;
    }

    /** The longest of them, in milliseconds; -1 if the JVM does not say. */
    public synchronized long longestPauseMillis() {
        return longestPauseMillis;
    }

    /** The first few of what was skipped, and why. */
    public synchronized List<String> firstSkipped() {
        return List.copyOf(skipped.subList(0, Math.min(3, skipped.size())));
    }

    /** What was skipped and why, without the first so many: a line each. */
    public synchronized List<String> skippedAfter(int told) {
        return List.copyOf(skipped.subList(Math.min(told, skipped.size()), skipped.size()));
    }

    /** Where the time went, and what was skipped and why: a line each. */
    public synchronized List<String> details() {
        List<String> lines = new ArrayList<>();
        timings.forEach((what, nanos) -> lines.add(what + ": " + nanos / 1_000_000 + " ms"));
        skipped.forEach(line -> lines.add("skipped " + line));
        if (skippedCount > skipped.size()) {
            lines.add("and " + (skippedCount - skipped.size()) + " more");
        }
        return lines;
    }
}
