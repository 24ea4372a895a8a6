package io.github.jtracer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the starter costs an application that is not traced, and how long a start takes. */
final class SpringBoot {
    /** Starts of each kind a fork: one after the other, and the order turned around each time. */
    private static final int PAIRS = 4;

    private static final double WARM_SECONDS = 8;
    private static final double WINDOW_SECONDS = 3;
    private static final int WINDOWS = 5;
    private static final int LATER_STARTS = 5;
    private static final long SETTLE_MILLIS = 2000;

    private final Paths paths;
    private final Table table;
    private final int forks;

    SpringBoot(Paths paths, Table table, int forks) {
        this.paths = paths;
        this.table = table;
        this.forks = forks;
    }

    void measure(Jdk jdk) throws Exception {
        Path without = JarWithoutStarter.of(paths.application(), paths.work());
        startUp(jdk, without);
        requests(jdk, without);
        starts(jdk);
    }

    private void startUp(Jdk jdk, Path without) throws Exception {
        Figures figures = new Figures();
        // The first of all finds nothing in the file cache.
        seconds(jdk, without);
        seconds(jdk, paths.application());
        for (int pair = 0; pair < forks * PAIRS; pair++) {
            boolean withFirst = pair % 2 == 0;
            double first = seconds(jdk, withFirst ? paths.application() : without);
            double second = seconds(jdk, withFirst ? without : paths.application());
            double unused = withFirst ? first : second;
            double absent = withFirst ? second : first;
            figures.add("absent", absent);
            figures.add("ratio", unused / absent);
        }
        table.put(
                "Boot's start-up: starter present and unused / absent, " + forks * PAIRS + " pairs",
                "within the noise",
                jdk,
                figures.of("ratio").show(2) + " x of " + figures.of("absent").show(2, "s"));
        table.put(
                "... classes of the agent that are loaded then",
                "0",
                jdk,
                String.valueOf(agentClasses(jdk)));
    }

    private double seconds(Jdk jdk, Path jar) throws Exception {
        try (Shop shop = Shop.open(jdk, jar, paths.work())) {
            return shop.startSeconds;
        }
    }

    private long agentClasses(Jdk jdk) throws Exception {
        Path log = paths.work().resolve("classes-" + jdk.feature() + ".log");
        String option = "-Xlog:class+load:file=" + log + "::filecount=0";
        try (Shop shop = Shop.open(jdk, paths.application(), paths.work(), option)) {
            shop.requestsPerSecond(1);
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(
                            line ->
                                    line.contains("io.github.jtracer.agent.")
                                            || line.contains("io.github.jtracer.core.")
                                            || line.contains("java.lang.JTracer"))
                    .count();
        }
    }

    private void requests(Jdk jdk, Path without) throws Exception {
        Figures figures = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            try (Shop absent = Shop.open(jdk, without, paths.work());
                    Shop present = Shop.open(jdk, paths.application(), paths.work())) {
                warm(absent, present);
                compare(absent, present, "before", figures);
                present.post("start");
                present.requestsPerSecond(WINDOW_SECONDS);
                present.post("stop");
                warm(absent, present);
                compare(absent, present, "after", figures);
            }
        }
        table.put(
                "Requests a second: starter present, before a start / absent",
                "1.00",
                jdk,
                figures.of("before").show(2) + " x of " + figures.of("absent").show(0, "a second"));
        table.put("... after a stop / absent", "1.00", jdk, figures.of("after").show(2));
        table.put(
                "... processor time a request, before a start / absent; after a stop / absent",
                "1.00",
                jdk,
                figures.of("before-time").show(2) + "; " + figures.of("after-time").show(2));
    }

    private static void warm(Shop absent, Shop present) throws Exception {
        absent.requestsPerSecond(WARM_SECONDS);
        present.requestsPerSecond(WARM_SECONDS);
        absent.requestsPerSecond(WARM_SECONDS);
        present.requestsPerSecond(WARM_SECONDS);
    }

    private static void compare(Shop absent, Shop present, String when, Figures figures)
            throws Exception {
        for (int window = 0; window < WINDOWS; window++) {
            double usedByAbsent = absent.processorSeconds();
            double base = absent.requestsPerSecond(WINDOW_SECONDS);
            usedByAbsent = absent.processorSeconds() - usedByAbsent;
            double used = present.processorSeconds();
            double rate = present.requestsPerSecond(WINDOW_SECONDS);
            used = present.processorSeconds() - used;
            figures.add("absent", base);
            figures.add(when, rate / base);
            figures.add(when + "-time", (used / rate) / (usedByAbsent / base));
        }
    }

    private void starts(Jdk jdk) throws Exception {
        Figures idle = new Figures();
        Figures busy = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            starts(jdk, false, idle);
            starts(jdk, true, busy);
        }
        table.put(
                "the first `POST start` answers: idle / beside a customer who never pauses",
                "&le; 1.5 s",
                jdk,
                idle.of("first").show(2) + " / " + busy.of("first").show(2, "s"));
        table.put(
                "... later ones",
                "&le; 0.3 s",
                jdk,
                idle.of("later").show(2) + " / " + busy.of("later").show(2, "s"));
    }

    private void starts(Jdk jdk, boolean customer, Figures figures) throws Exception {
        try (Shop shop = Shop.open(jdk, paths.application(), paths.work())) {
            shop.requestsPerSecond(WARM_SECONDS);
            Thread.sleep(SETTLE_MILLIS);
            Thread load = new Thread(() -> shopUntilInterrupted(shop), "customer");
            if (customer) {
                load.start();
                Thread.sleep(SETTLE_MILLIS);
            }
            figures.add("first", shop.post("start"));
            for (int i = 0; i < LATER_STARTS; i++) {
                shop.post("stop");
                figures.add("later", shop.post("start"));
            }
            load.interrupt();
            load.join();
        }
    }

    private static void shopUntilInterrupted(Shop shop) {
        try {
            shop.requestsPerSecond(Long.MAX_VALUE);
        } catch (Exception e) {
            // That is how it ends.
        }
    }
}
