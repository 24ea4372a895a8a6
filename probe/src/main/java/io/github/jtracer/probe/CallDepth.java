package io.github.jtracer.probe;

import jdk.internal.vm.annotation.ForceInline;

/**
 * How deep the running thread is in woven calls, where a recording has a maximum depth.
 *
 * <p>Depth belongs to the thread, virtual or not, so this is an ordinary thread local. Calls can
 * end without being told (a constructor whose superclass's fails, a probe that finds no stack
 * left), so the open calls' sites are kept: a return ends whatever was open inside of its call.
 */
final class CallDepth {
    private static final ThreadLocal<CallDepth> DEPTHS = new ThreadLocal<>();
    private static final int FEW = 64;

    /** Number of the recording that the calls belong to. */
    private long recording;

    private int depth;
    private int[] sites = new int[FEW];

    private CallDepth() {}

    /** Counts one call; whether it is to be recorded. */
    @ForceInline
    static boolean enter(int site) {
        Recorder active = Recorder.active();
        if (active == null || active.maxDepth() == 0) {
            return active != null;
        }
        return count(active, site) <= active.maxDepth();
    }

    /** Counts one return; whether it is to be recorded. */
    @ForceInline
    static boolean leave(int site) {
        Recorder active = Recorder.active();
        if (active == null || active.maxDepth() == 0) {
            return active != null;
        }
        return uncount(active, site) <= active.maxDepth();
    }

    /** Ends what was open inside of the call that catches; whether that call is recorded. */
    static boolean caught(Recorder active, int site) {
        if (active.maxDepth() == 0) {
            return true;
        }
        CallDepth calls = DEPTHS.get();
        if (calls == null || calls.recording != active.number()) {
            return false;
        }
        int depth = calls.find(site);
        if (depth > 0) {
            calls.depth = depth;
        }
        return depth > 0 && depth <= active.maxDepth();
    }

    /** Whether the innermost open call is recorded. */
    static boolean isRecorded(Recorder active) {
        if (active.maxDepth() == 0) {
            return true;
        }
        CallDepth calls = DEPTHS.get();
        return calls != null
                && calls.recording == active.number()
                && calls.depth > 0
                && calls.depth <= active.maxDepth();
    }

    private static int count(Recorder active, int site) {
        try {
            CallDepth calls = DEPTHS.get();
            if (calls == null) {
                calls = new CallDepth();
                DEPTHS.set(calls);
            }
            if (calls.recording != active.number()) {
                calls.recording = active.number();
                calls.depth = 0;
            }
            return calls.push(site);
        } catch (OutOfMemoryError e) {
            return Integer.MAX_VALUE;
        }
    }

    private int push(int site) {
        if (depth == sites.length) {
            int[] more = new int[2 * depth];
            System.arraycopy(sites, 0, more, 0, depth);
            sites = more;
        }
        sites[depth] = site;
        return ++depth;
    }

    /** The depth that the returning call had; 0 if it was entered before the recording. */
    private static int uncount(Recorder active, int site) {
        CallDepth calls = DEPTHS.get();
        if (calls == null || calls.recording != active.number()) {
            return 0;
        }
        int depth = calls.find(site);
        calls.depth = Math.max(0, depth - 1);
        return depth;
    }

    /** The depth of the innermost open call with that site, or 0. */
    private int find(int site) {
        int at = depth;
        while (at > 0 && sites[at - 1] != site) {
            at--;
        }
        return at;
    }
}
