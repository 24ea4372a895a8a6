package io.github.jtracer.trace;

import java.util.Collection;
import java.util.List;

/** Works out how many calls a recording lost, exactly. */
final class Losses {
    /**
     * A lost entry whose exit was kept is shown, from the begin of what is known: it is not lost.
     * An exit without an entry on a thread that lost nothing belongs to a call entered before the
     * recording began. For virtual threads it is not known which carrier lost the entry.
     */
    static Totals total(
            RecordingIndex index,
            TickScale scale,
            Loss all,
            Tally tally,
            Collection<ThreadCalls> threads,
            List<CarrierCursor> carriers) {
        long shown = 0;
        long shownVirtual = 0;
        for (ThreadCalls thread : threads) {
            if (thread.virtual) {
                shownVirtual += thread.exitsWithoutEntry;
            } else {
                long lost = index.losses.getOrDefault(thread.tid, Loss.NONE).entries();
                shown += Math.min(thread.exitsWithoutEntry, lost);
            }
        }
        shown = Math.min(all.entries(), shown + shownVirtual);
        long before = Math.max(0, all.overwrittenEntries() - shown);
        long after = all.entries() - shown - before;

        long completeFrom = 0;
        long completeUntil = scale.durationNanos();
        for (CarrierCursor carrier : carriers) {
            Loss loss = index.losses.getOrDefault(carrier.carrier, Loss.NONE);
            if (loss.overwrittenEntries() + loss.overwrittenExits() > 0) {
                completeFrom = Math.max(completeFrom, scale.nanos(carrier.firstTicks()));
            }
            if (loss.noRoomEntries() + loss.noRoomExits() > 0) {
                completeUntil = Math.min(completeUntil, scale.nanos(carrier.ticks()));
            }
        }
        return new Totals(
                tally.calls,
                tally.open,
                tally.beginUnknown,
                tally.thrown,
                tally.cut,
                tally.tooShort,
                tally.threads,
                before,
                after,
                all.events(),
                completeFrom,
                completeUntil,
                tally.events);
    }

    private Losses() {}
}
