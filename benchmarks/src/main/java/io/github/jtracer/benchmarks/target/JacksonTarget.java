package io.github.jtracer.benchmarks.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Map;

/**
 * Writes and reads an order with Jackson, warmed up and measured, and after some have been done to
 * this JVM again, in one process.
 *
 * <p>Arguments: milliseconds of a round; rounds; what is done: {@code traced} weaves all of Jackson
 * and keeps recording, {@code stopped} stops that too, {@code uninstalled} removes the tracer too,
 * {@code nothing}; arguments of the recording.
 */
public final class JacksonTarget {
    private static final int BATCH = 200;
    private static final long WARM_UP_MILLIS = 12_000;

    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Order order = Order.small();
    private long sink;

    private JacksonTarget() {
        ObjectMapper mapper = new ObjectMapper();
        writer = mapper.writerFor(Order.class);
        reader = mapper.readerFor(Order.class);
    }

    private void operation() throws Exception {
        byte[] json = writer.writeValueAsBytes(order);
        Order read = reader.readValue(json);
        sink += json.length + read.lines().size();
    }

    private void batch() throws Exception {
        for (int i = 0; i < BATCH; i++) {
            operation();
        }
    }

    /** Nanoseconds of processor time an operation. */
    private double round(long millis) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        long before = Figures.cpuNanos();
        long operations = 0;
        do {
            batch();
            operations += BATCH;
        } while (System.nanoTime() < end);
        return (double) (Figures.cpuNanos() - before) / operations;
    }

    public static void main(String[] arguments) throws Exception {
        long millis = Long.parseLong(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        String what = arguments[2];
        JacksonTarget target = new JacksonTarget();
        WarmUp.until(WARM_UP_MILLIS, target::batch);
        target.measure("before", rounds, millis);
        if (!what.equals("nothing")) {
            TracerControl.start("include=com.fasterxml.**," + arguments[3]);
            WarmUp.until(WARM_UP_MILLIS, target::batch);
        }
        if (what.equals("traced")) {
            target.count();
            target.measure("after", rounds, millis);
        }
        if (what.equals("stopped") || what.equals("uninstalled")) {
            TracerControl.stop();
        }
        if (what.equals("uninstalled")) {
            TracerControl.uninstall();
        }
        if (!what.equals("traced")) {
            WarmUp.until(WARM_UP_MILLIS, target::batch);
            target.measure("after", rounds, millis);
        }
        Figures.say("sink", target.sink == 0 ? 0 : 1);
    }

    private void measure(String name, int rounds, long millis) throws Exception {
        for (int i = 0; i < rounds; i++) {
            Figures.say(name, round(millis));
        }
    }

    private void count() throws Exception {
        Map<String, String> before = TracerControl.status();
        batch();
        Map<String, String> after = TracerControl.status();
        Figures.say("calls", (events(after) - events(before)) / 2.0 / BATCH);
        Figures.say("methods", Double.parseDouble(after.get("methods")));
        Figures.say("trivial", Double.parseDouble(after.get("trivial")));
    }

    private static long events(Map<String, String> status) {
        return Long.parseLong(status.get("events"));
    }
}
