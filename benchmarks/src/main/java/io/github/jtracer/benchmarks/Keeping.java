package io.github.jtracer.benchmarks;

/** Measurements of the buffer and of what becomes of it. */
final class Keeping {
    private static final int WRITES = 4;

    private final Paths paths;
    private final Table table;
    private final int forks;

    Keeping(Paths paths, Table table, int forks) {
        this.paths = paths;
        this.table = table;
        this.forks = forks;
    }

    void measure(Jdk jdk) throws Exception {
        Figures all = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            Figures run =
                    new Child(jdk)
                            .option("-Xmx512m")
                            .installed(paths)
                            .run(paths, "BufferTarget", paths.work(), "clock=auto");
            all.add("first", run.of("fresh").median() / run.of("later").median());
            all.addAll(run);
            Figures writing =
                    new Child(jdk)
                            .option("-Xmx64m", "-XX:+UseSerialGC")
                            .run(paths, "WriterTarget", paths.work().resolve("full.jtr"), WRITES);
            all.addAll(writing);
        }
        table.put(
                "the first pass over a fresh buffer / later ones, cost a call",
                "&le; 1.2",
                jdk,
                all.of("first").show(2));
        table.put(
                "longest pause a thread sees while a full 64 MB buffer is stopped and saved"
                        + " (without a save: what the machine itself does)",
                "&le; 20 ms",
                jdk,
                all.of("gap.saving")
                        .show(1, "ms (without: " + all.of("gap.idle").show(1) + " ms)"));
        table.put(
                "writing JSON on one core: calls a second (an entry and an exit each)",
                "&ge; 2 million events",
                jdk,
                all.of("calls.second").times(1e-6).show(1, "million"));
        table.put(
                "... peak heap, with `-Xmx64m`, of 4 million calls",
                "independent of the size",
                jdk,
                all.of("peak.megabytes").show(0, "MB"));
        table.put("bytes a call in the recording", "&le; 16", jdk, all.of("bytes").show(2));
    }
}
