package io.github.jtracer.tests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Chrome trace-event file as an independent parser sees it. */
final class ChromeFile {
    /** Number of complete events by name. */
    final Map<String, Long> slices = new TreeMap<>();

    /** Complete events that overlap another of their thread without being inside it. */
    final List<String> misnested = new ArrayList<>();

    private final Map<Long, List<long[]>> times = new HashMap<>();

    private ChromeFile() {}

    static ChromeFile read(Path file) throws IOException {
        ChromeFile read = new ChromeFile();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            while (!(parser.nextToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals("traceEvents"))) {
                // Up to the events.
            }
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                read.event(parser);
            }
            while (parser.nextToken() != null) {
                // Whatever follows must be JSON too.
            }
        }
        read.times.forEach(read::checkNesting);
        return read;
    }

    private void event(JsonParser parser) throws IOException {
        String phase = "";
        String name = "";
        long tid = 0;
        long begin = 0;
        long duration = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "ph" -> phase = parser.getText();
                case "name" -> name = parser.getText();
                case "tid" -> tid = parser.getLongValue();
                case "ts" -> begin = nanos(parser.getDecimalValue());
                case "dur" -> duration = nanos(parser.getDecimalValue());
                default -> parser.skipChildren();
            }
        }
        if (phase.equals("X")) {
            slices.merge(name, 1L, Long::sum);
            times.computeIfAbsent(tid, t -> new ArrayList<>())
                    .add(new long[] {begin, begin + duration});
        }
    }

    private static long nanos(BigDecimal micros) {
        return micros.movePointRight(3).longValueExact();
    }

    private void checkNesting(long tid, List<long[]> all) {
        all.sort(
                Comparator.<long[]>comparingLong(t -> t[0])
                        .thenComparing(Comparator.<long[]>comparingLong(t -> t[1]).reversed()));
        Deque<long[]> open = new ArrayDeque<>();
        for (long[] slice : all) {
            while (!open.isEmpty() && open.peek()[1] <= slice[0]) {
                open.pop();
            }
            if (!open.isEmpty() && slice[1] > open.peek()[1]) {
                misnested.add("thread " + tid + " at " + slice[0] + " ns");
            }
            open.push(slice);
        }
    }
}
