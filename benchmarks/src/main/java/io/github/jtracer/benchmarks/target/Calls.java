package io.github.jtracer.benchmarks.target;

/** Two workloads that are nothing but calls, as they come: one is woven, its twin is not. */
interface Calls {
    /** Runs once and returns how many calls that were. */
    long recursion();

    /** As {@link #recursion}. */
    long chain();
}
