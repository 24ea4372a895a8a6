package io.github.jtracer.trace;

import io.github.jtracer.probe.EventWord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that slices of the application's own have at their end, in the order of their begins:
 * some are known only when they are over, and a {@link BeginSink} wants them before.
 */
final class FinalNames extends Silence implements BeginSink {
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> distinct = new HashMap<>();

    /** By thread: the open ones, innermost first, as indices of {@link #names}. */
    private final Map<Integer, Deque<Integer>> open = new HashMap<>();

    private int next;

    /** Whether any slice in the recording has another name at its end. */
    static boolean areNeeded(RecordingIndex index, FileChannel channel) throws IOException {
        for (Map.Entry<Long, List<ChunkRef>> carrier : index.carriers.entrySet()) {
            CarrierCursor cursor =
                    new CarrierCursor(
                            carrier.getKey(), channel, index.byteOrder(), carrier.getValue());
            while (cursor.advance()) {
                long word = cursor.take();
                if ((word & EventWord.KIND_MASK) != EventWord.MARK) {
                    continue;
                }
                int id = (int) (word >>> EventWord.ID_SHIFT) & EventWord.ID_MASK;
                MarkText text = MarkText.parse(cursor.text(id >>> EventWord.MARK_TYPE_BITS));
                boolean end = (id & EventWord.MARK_TYPE_MASK) == EventWord.MARK_SLICE_END;
                if (end && !text.name().isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The name of the slice that begins next. */
    String next() {
        return names.get(next++);
    }

    @Override
    public void begin(int thread, int method, long time) {}

    @Override
    public void beginOwn(int thread, String name, long time, Map<String, String> arguments) {
        open.computeIfAbsent(thread, t -> new ArrayDeque<>()).push(names.size());
        names.add(name);
    }

    @Override
    public void ownSlice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments) {
        Deque<Integer> begun = open.get(thread);
        if (begun != null && !begun.isEmpty()) {
            names.set(begun.pop(), distinct.computeIfAbsent(name, n -> n));
        }
    }
}
