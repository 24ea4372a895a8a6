package io.github.jtracer.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventOrderTest {
    private final Random random = new Random(11);
    private final List<Slice> made = new ArrayList<>();
    private long time;

    private record Slice(
            int thread, int name, long begin, long end, int depth, Map<String, String> more) {}

    @ParameterizedTest
    @CsvSource({
        "ends, true",
        "ends, false",
        "begins, true",
        "begins, false",
        "any, true",
        "any, false",
    })
    void findsOutHowSlicesNest(String order, boolean begins) throws Exception {
        for (int i = 0; i < 300_000; ) {
            i += call(random.nextInt(3), 0, 1 + random.nextInt(2_000));
        }
        made.sort(Comparator.comparingInt(Slice::thread)); // stable: their ends stay in order
        List<Slice> given = new ArrayList<>(made);
        if (order.equals("begins")) {
            given.sort(Comparator.comparingLong(Slice::begin));
        } else if (order.equals("any")) {
            Collections.shuffle(given, random);
        }

        Shown shown = show(given, begins);

        assertThat(shown.slices.size()).isGreaterThan(250_000);
        assertThat(shown.slices.equals(made)).isTrue();
        assertThat(shown.begins).isEqualTo(begins ? made.size() : 0);
    }

    @Test
    void cutsShortWhatSticksOut() throws Exception {
        Shown shown = show(List.of(slice(0, 50), slice(10, 80), slice(60, 90)), true);

        assertThat(shown.slices)
                .extracting(s -> s.begin() + "-" + s.end() + " " + s.depth())
                .containsExactly("10-50 1", "0-50 0", "60-90 0");
    }

    @Test
    void forgivesRoundingOfAnEnd() throws Exception {
        // A caller's end was rounded down, that of what it called up.
        Shown shown = show(List.of(slice(2_000, 5_001), slice(1_000, 5_000)), true);

        assertThat(shown.slices)
                .extracting(s -> s.begin() + "-" + s.end() + " " + s.depth())
                .containsExactly("2000-5000 1", "1000-5000 0");
    }

    @Test
    void keepsNeighboursOfNoLengthApart() throws Exception {
        Shown shown = show(List.of(slice(0, 10), slice(10, 10), slice(20, 30)), true);

        assertThat(shown.slices).extracting(Slice::depth).containsExactly(0, 0, 0);
    }

    /** Adds a call with what it calls, children first; returns how many. */
    private int call(int thread, int depth, int size) {
        time += 1 + random.nextInt(20);
        long begin = time;
        int left = size - 1;
        int count = 1;
        while (left > 0 && depth < 600) {
            int part = random.nextInt(8) == 0 ? 1 + random.nextInt(left) : left;
            count += call(thread, depth + 1, part);
            left -= part;
        }
        time += 1 + random.nextInt(20);
        Map<String, String> more =
                count % 100 == 0 ? Map.of("n", "\u00e9\ud83d\ude00" + count) : Map.of();
        made.add(new Slice(thread, random.nextInt(1_000), begin, time, depth, more));
        return count;
    }

    private static Slice slice(long begin, long end) {
        return new Slice(0, 1, begin, end, 0, Map.of());
    }

    private static Shown show(List<Slice> given, boolean begins) throws IOException {
        Shown shown = new Shown(begins);
        try (EventOrder order = new EventOrder()) {
            for (Slice s : given) {
                int depth = EventOrder.UNKNOWN_DEPTH;
                order.slice(s.thread, s.name, s.begin, s.end, depth, 0, s.more);
            }
            order.show(0, shown);
        }
        return shown;
    }

    /** Checks that begins and ends are those of one stack. */
    private static final class Shown implements EventOrder.Visitor {
        private final boolean wantsBegins;
        private final List<Slice> slices = new ArrayList<>();
        private final List<Long> open = new ArrayList<>();
        private int begins;
        private int thread;
        private long last;

        Shown(boolean wantsBegins) {
            this.wantsBegins = wantsBegins;
        }

        @Override
        public boolean wantsBegins() {
            return wantsBegins;
        }

        @Override
        public void begin(int on, int name, long time, int flags, Map<String, String> arguments) {
            inOrder(on, time);
            open.add(time);
            begins++;
        }

        @Override
        public void end(
                int on,
                int name,
                long begin,
                long duration,
                int depth,
                int flags,
                Map<String, String> arguments) {
            if (wantsBegins) {
                inOrder(on, begin + duration);
                assertThat(open).hasSize(depth + 1);
                assertThat(open.remove(depth)).isEqualTo(begin);
            }
            slices.add(new Slice(on, name, begin, begin + duration, depth, arguments));
        }

        @Override
        public void instant(int on, int name, long time, Map<String, String> arguments) {}

        @Override
        public void counter(int on, int name, long time, double value) {}

        private void inOrder(int on, long time) {
            if (on != thread) {
                assertThat(open).isEmpty();
                thread = on;
                last = 0;
            }
            assertThat(time).isGreaterThanOrEqualTo(last);
            last = time;
        }
    }
}
