package io.github.jtracer.trace;

/**
 * How much a trace holds and how much it lost, exactly: calls made = {@code calls + tooShort +
 * lostCalls}.
 *
 * @param calls slices of methods in the trace, with all of the following
 * @param open of these, not ended at the stop
 * @param beginUnknown of these, entered before what was kept
 * @param thrown of these, left by an exception
 * @param cut of these, without an exit of their own
 * @param tooShort calls left out because they were shorter than the minimum duration
 * @param threads threads with at least one slice, instant or counter
 * @param lostCallsBefore calls overwritten by newer ones
 * @param lostCallsAfter calls for which there was no room any more
 * @param lostEvents entries and exits that were not kept
 * @param completeFromNanos from here on nothing was overwritten; 0 if nothing ever was
 * @param completeUntilNanos up to here there was room for everything
 * @param events entries, exits and marks in the recording
 */
public record Totals(
        long calls,
        long open,
        long beginUnknown,
        long thrown,
        long cut,
        long tooShort,
        long threads,
        long lostCallsBefore,
        long lostCallsAfter,
        long lostEvents,
        long completeFromNanos,
        long completeUntilNanos,
        long events) {
    /** Calls of which the trace shows nothing. */
    public long lostCalls() {
        return lostCallsBefore + lostCallsAfter;
    }
}
