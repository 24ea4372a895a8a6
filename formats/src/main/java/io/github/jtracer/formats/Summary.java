package io.github.jtracer.formats;

import io.github.jtracer.trace.Silence;
import io.github.jtracer.trace.Totals;
import io.github.jtracer.trace.TraceInfo;
import java.util.Map;

/** What a trace says about itself as a whole. */
final class Summary extends Silence {
    TraceInfo info = new TraceInfo(Map.of(), 0, 0);
    Totals totals = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    @Override
    public void start(TraceInfo traceInfo) {
        info = traceInfo;
    }

    @Override
    public void end(Totals traceTotals) {
        totals = traceTotals;
    }

    /** Both together; the second began so much later than what the first counts from. */
    static Totals add(Totals a, Totals b, long shift) {
        return new Totals(
                a.calls() + b.calls(),
                a.open() + b.open(),
                a.beginUnknown() + b.beginUnknown(),
                a.thrown() + b.thrown(),
                a.cut() + b.cut(),
                a.tooShort() + b.tooShort(),
                a.threads() + b.threads(),
                a.lostCallsBefore() + b.lostCallsBefore(),
                a.lostCallsAfter() + b.lostCallsAfter(),
                a.lostEvents() + b.lostEvents(),
                b.lostCallsBefore() > 0
                        ? Math.max(a.completeFromNanos(), b.completeFromNanos() + shift)
                        : a.completeFromNanos(),
                Math.min(a.completeUntilNanos(), b.completeUntilNanos() + shift),
                a.events() + b.events());
    }
}
