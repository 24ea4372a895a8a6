package io.github.jtracer.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slices of a recording that may begin on one thread and end on another. Begins and ends are
 * gathered while threads are replayed, in any order; what they say stays in the file.
 */
final class AsyncSlices {
    private static final int ENDED = 1;
    private static final int BEGUN = 2;

    /** Before the recording. */
    private static final int EARLIER = 4;

    private final Map<Long, Integer> slots = new HashMap<>();
    private int size;
    private long[] around = new long[16];
    private long[] begins = new long[16];
    private long[] ends = new long[16];
    private long[] textAt = new long[16];
    private int[] textWords = new int[16];
    private byte[] known = new byte[16];

    /** Numbers of a mark: the slice's own, and that of the slice around it or 0. */
    record Numbers(long own, long around) {
        static Numbers parse(String text) {
            int space = text.indexOf(' ');
            try {
                return new Numbers(
                        Long.parseLong(text.substring(0, Math.max(0, space))),
                        Long.parseLong(text.substring(space + 1)));
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /**
     * @param at where its text is in the file, and how many words long
     */
    void began(String numbers, long time, long at, int words) {
        int slot = slot(Numbers.parse(numbers));
        if (slot < 0) {
            return;
        }
        begins[slot] = time;
        if ((known[slot] & ENDED) == 0) {
            text(slot, at, words);
        }
        known[slot] |= BEGUN;
    }

    void ended(String numbers, String nanos, long time, long at, int words) {
        int slot = slot(Numbers.parse(numbers));
        if (slot < 0) {
            return;
        }
        ends[slot] = time;
        text(slot, at, words);
        if ((known[slot] & BEGUN) == 0) {
            begins[slot] = time - nanos(nanos);
            if (begins[slot] < 0) {
                begins[slot] = 0;
                known[slot] |= EARLIER;
            }
        }
        known[slot] |= ENDED;
    }

    /**
     * Ends what has not ended.
     *
     * @return all slices, those that began first and last longest first
     */
    List<Integer> inOrder(long stop) {
        List<Integer> order = new ArrayList<>(size);
        for (int slot = 0; slot < size; slot++) {
            if ((known[slot] & ENDED) == 0) {
                ends[slot] = stop;
            }
            ends[slot] = Math.max(begins[slot], ends[slot]);
            order.add(slot);
        }
        order.sort(
                (a, b) ->
                        begins[a] != begins[b]
                                ? Long.compare(begins[a], begins[b])
                                : Long.compare(ends[b], ends[a]));
        return order;
    }

    /** The slice around this one, if the recording has it, or -1. */
    int around(int slot) {
        return around[slot] == 0 ? -1 : slots.getOrDefault(around[slot], -1);
    }

    long begin(int slot) {
        return begins[slot];
    }

    long end(int slot) {
        return ends[slot];
    }

    int flags(int slot) {
        return (known[slot] & ENDED) == 0 ? SliceFlags.OPEN : 0;
    }

    MarkText text(int slot, Replay replay) throws IOException {
        MarkText text = MarkText.parse(replay.text(textAt[slot], textWords[slot]));
        Map<String, String> arguments = new LinkedHashMap<>(text.arguments());
        arguments.remove(text.arguments().keySet().iterator().next());
        if ((known[slot] & EARLIER) != 0) {
            arguments.put("began", "before the recording");
        }
        return new MarkText(text.name(), arguments);
    }

    private void text(int slot, long at, int words) {
        textAt[slot] = at;
        textWords[slot] = words;
    }

    private int slot(Numbers numbers) {
        if (numbers == null) {
            return -1; // of a newer version, or damaged
        }
        Integer slot = slots.putIfAbsent(numbers.own(), size);
        if (slot != null) {
            return slot;
        }
        if (size == begins.length) {
            around = Arrays.copyOf(around, 2 * size);
            begins = Arrays.copyOf(begins, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            textAt = Arrays.copyOf(textAt, 2 * size);
            textWords = Arrays.copyOf(textWords, 2 * size);
            known = Arrays.copyOf(known, 2 * size);
        }
        around[size] = numbers.around();
        return size++;
    }

    private static long nanos(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
