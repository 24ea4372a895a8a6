package io.github.jtracer.probe;

/** Sums over logs of threads that have ended and of which the buffer holds nothing any more. */
public record EndedLogs(
        int threads,
        long words,
        long overwrittenEntries,
        long overwrittenExits,
        long unrecordedEntries,
        long unrecordedExits) {
    static final EndedLogs NONE = new EndedLogs(0, 0, 0, 0, 0, 0);

    EndedLogs plus(ThreadLog log) {
        return new EndedLogs(
                threads + 1,
                words + log.filledWords + log.currentWords(),
                overwrittenEntries + log.overwrittenEntries(),
                overwrittenExits + log.overwrittenExits(),
                unrecordedEntries + log.unrecordedEntries,
                unrecordedExits + log.unrecordedExits);
    }
}
