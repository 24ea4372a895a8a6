package io.github.jtracer.trace;

import java.io.IOException;
import java.util.Map;

/**
 * Pairs the entries and exits of one thread into slices.
 *
 * <p>An exit ends the innermost open call of its method. What was open inside that has lost its own
 * exit: it is ended there too, and marked as cut. An exit without an entry is that of a call
 * entered before what the recording holds: it is shown from the begin of what is known, around
 * everything that the thread has shown since, so that slices always nest.
 */
final class ThreadCalls {
    private final Replay replay;
    final long tid;
    final boolean virtual;
    private ThreadTrack track;
    private String name;
    private CallStack stack;
    private long lastTime;

    /** Whether events before the first that was kept may be lost. */
    private final boolean mayLackFirst;

    private long firstTime = -1;

    /** Of the open slices, outermost first, so many have been shown to begin. */
    private int begun;

    private int outerCalls;

    /** Calls whose exit came without an entry. */
    long exitsWithoutEntry;

    ThreadCalls(Replay replay, long tid, String name, boolean virtual, boolean mayLackFirst) {
        this.replay = replay;
        this.tid = tid;
        this.name = name;
        this.virtual = virtual;
        this.mayLackFirst = mayLackFirst;
    }

    void enter(int id, long nanos) throws IOException {
        long time = clamp(nanos);
        replay.tally.opened();
        stack().push(id, time);
        beganAtOnce();
    }

    void exit(int id, long nanos, int flags) throws IOException {
        long time = clamp(nanos);
        int index = stack().find(id);
        if (index < 0) {
            if (replay.knows(id)) {
                exitWithoutEntry(id, time, flags);
            }
            return;
        }
        endInside(index, time);
        pop(time, flags);
        settle(time);
    }

    /**
     * An exception arrived in the innermost open call of that method: the calls inside it are over.
     * Own slices that were begun in that method itself are not.
     */
    void caught(int id, long nanos) throws IOException {
        long time = clamp(nanos);
        int index = stack().find(id);
        int innermost = stack.innermostCall();
        if (index < 0 || innermost == index) {
            return;
        }
        int first = index + 1;
        while (stack.ids[first] == CallStack.OWN) {
            first++;
        }
        while (stack.size > first) {
            pop(time, SliceFlags.EXCEPTION);
        }
        settle(time);
    }

    void beginOwn(String sliceName, Map<String, String> arguments, long nanos) throws IOException {
        long time = clamp(nanos);
        replay.tally.opened();
        stack().push(CallStack.OWN, time);
        CallStack.Note note = stack.annotate(stack.size - 1);
        note.name = sliceName;
        note.arguments = arguments;
        beganAtOnce();
    }

    /**
     * Ends the innermost own slice; calls that are open inside it keep it open until they end. A
     * name replaces the one that it began with: some are known only when it is over.
     */
    void endOwn(String finalName, Map<String, String> arguments, long nanos) throws IOException {
        long time = clamp(nanos);
        for (int i = stack().size - 1; i >= 0; i--) {
            CallStack.Note note = stack.note(i);
            if (stack.ids[i] == CallStack.OWN && note != null && !note.ended) {
                note.ended = true;
                if (!finalName.isEmpty()) {
                    note.name = finalName;
                }
                if (!arguments.isEmpty()) {
                    note.arguments = MarkText.merge(note.arguments, arguments);
                }
                settle(time);
                return;
            }
        }
    }

    void arguments(Map<String, String> arguments) {
        int index = stack().innermostCall();
        if (index >= 0) {
            CallStack.Note note = stack.annotate(index);
            note.arguments = MarkText.merge(note.arguments, arguments);
        }
    }

    void instant(String instantName, Map<String, String> arguments, long nanos) throws IOException {
        replay.sink.instant(track().index(), instantName, clamp(nanos), arguments);
    }

    void counter(String counterName, double value, long nanos) throws IOException {
        replay.sink.counter(track().index(), counterName, clamp(nanos), value);
    }

    /** A mark names the thread; it may have been seen before, without a name. */
    void named(String newName) throws IOException {
        if (!name.isEmpty() || newName.isEmpty()) {
            return;
        }
        name = newName;
        if (track != null) {
            track = describe(track.index());
            replay.sink.thread(track);
        }
    }

    /** Shows what is still open at the stop. */
    void finish(long stopNanos) throws IOException {
        if (stack == null) {
            return;
        }
        long time = clamp(stopNanos);
        while (stack.size > 0) {
            pop(time, SliceFlags.OPEN);
        }
    }

    ThreadTrack track() throws IOException {
        if (track == null) {
            track = describe(replay.nextTrack());
            replay.sink.thread(track);
        }
        return track;
    }

    private ThreadTrack describe(int index) {
        String shown = name;
        if (shown.isEmpty()) {
            shown = (virtual ? "virtual-" : "thread-") + tid;
        }
        ThreadTrack.Kind kind = virtual ? ThreadTrack.Kind.VIRTUAL : ThreadTrack.Kind.PLATFORM;
        return new ThreadTrack(index, replay.pid(), tid, shown, kind, replay.ended(tid));
    }

    private void exitWithoutEntry(int id, long time, int flags) throws IOException {
        exitsWithoutEntry++;
        boolean outermost = stack.size == 0;
        showBegins(stack.size);
        long begin = outermost ? (mayLackFirst ? firstTime : 0) : stack.begins[stack.size - 1];
        int depth = outermost ? -1 - outerCalls++ : stack.size;
        replay.slice(
                this, id, begin, time - begin, depth, flags | SliceFlags.BEGIN_UNKNOWN, Map.of());
        release();
    }

    private void endInside(int index, long time) throws IOException {
        while (stack.size - 1 > index) {
            pop(time, SliceFlags.CUT);
        }
    }

    /** Ends own slices whose end had to wait for calls inside them. */
    private void settle(long time) throws IOException {
        while (stack.size > 0 && stack.ids[stack.size - 1] == CallStack.OWN) {
            CallStack.Note note = stack.note(stack.size - 1);
            if (note == null || !note.ended) {
                break;
            }
            pop(time, 0);
        }
        release();
    }

    private void pop(long time, int flags) throws IOException {
        int index = stack.size - 1;
        int id = stack.ids[index];
        long begin = stack.begins[index];
        CallStack.Note note = stack.note(index);
        if (id == CallStack.OWN || replay.keeps(time - begin, flags)) {
            showBegins(index + 1);
        }
        begun = Math.min(begun, index);
        stack.pop();
        replay.tally.closed();
        Map<String, String> arguments = note == null ? Map.of() : note.arguments;
        if (id == CallStack.OWN) {
            int own = note.ended ? flags & ~SliceFlags.CUT & ~SliceFlags.OPEN : flags;
            replay.sink.ownSlice(
                    track().index(), note.name, begin, time - begin, index, own, arguments);
            return;
        }
        int all = stack.find(id) < 0 ? flags : flags | SliceFlags.RECURSIVE;
        replay.slice(this, id, begin, time - begin, index, all, arguments);
    }

    /** Where there is a minimum duration, a call is shown when it is known to be long enough. */
    private void beganAtOnce() throws IOException {
        if (replay.keepsAll()) {
            showBegins(stack.size);
        }
    }

    private void showBegins(int count) throws IOException {
        for (; begun < count; begun++) {
            CallStack.Note note = stack.note(begun);
            if (stack.ids[begun] == CallStack.OWN) {
                replay.beganOwn(this, note.name, stack.begins[begun], note.arguments);
            } else {
                replay.began(this, stack.ids[begun], stack.begins[begun]);
            }
        }
    }

    private CallStack stack() {
        if (stack == null) {
            stack = replay.borrowStack();
        }
        return stack;
    }

    /** A million virtual threads that are done need no stacks. */
    private void release() {
        if (virtual && stack.size == 0) {
            replay.returnStack(stack);
            stack = null;
        }
    }

    private long clamp(long nanos) {
        lastTime = Math.max(lastTime, nanos);
        if (firstTime < 0) {
            firstTime = lastTime;
        }
        return lastTime;
    }
}
