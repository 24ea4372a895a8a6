package io.github.jtracer.benchmarks;

/**
 * Measurements of code that runs: what a call costs while it is recorded, and what is left after.
 */
final class Running {
    private static final int ROUND_MILLIS = 200;
    private static final int ROUNDS = 3;

    private final Paths paths;
    private final Table table;
    private final int forks;

    Running(Paths paths, Table table, int forks) {
        this.paths = paths;
        this.table = table;
        this.forks = forks;
    }

    void calls(Jdk jdk) throws Exception {
        for (String clock :
                jdk.feature() >= 22 ? new String[] {"nano", "tsc"} : new String[] {"nano"}) {
            Figures ratios = new Figures();
            for (int fork = 0; fork < forks; fork++) {
                Figures run =
                        target(jdk)
                                .run(paths, "CallTarget", ROUND_MILLIS, ROUNDS, "clock=" + clock);
                double floor = run.of("floor").median();
                for (String name : new String[] {"recursion", "chain"}) {
                    ratios.add(name, run.of(name).median() / floor);
                }
                ratios.add("two", run.of("together").median() / run.of("alone").median());
                ratios.add(
                        "bareTwo", run.of("bareTogether").median() / run.of("bareAlone").median());
                ratios.add("floor", floor);
            }
            String wanted = clock.equals("tsc") ? "&le; 0.45" : "&le; 1.10";
            String unit = "x of " + ratios.of("floor").show(1) + " ns";
            table.put(
                    "a traced call / two bare `nanoTime()`: recursion, `--clock=" + clock + "`",
                    wanted,
                    jdk,
                    ratios.of("recursion").show(2, unit));
            table.put(
                    "the same: a chain of small calls, `--clock=" + clock + "`",
                    wanted,
                    jdk,
                    ratios.of("chain").show(2, unit));
            table.put(
                    "two threads at once / one, cost a call, `--clock=" + clock + "`",
                    "&le; 1.1",
                    jdk,
                    ratios.of("two").show(2)
                            + "; bare `nanoTime()`: "
                            + ratios.of("bareTwo").show(2));
        }
    }

    void jackson(Jdk jdk) throws Exception {
        Figures ratios = new Figures();
        Figures all = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            Figures run = jackson(jdk, "traced");
            ratios.add("ratio", run.of("after").median() / run.of("before").median());
            all.addAll(run);
        }
        table.put(
                "Jackson writing and reading an order, all of it included / untraced",
                "&le; 14 on 17, &le; 6 on 25",
                jdk,
                ratios.of("ratio").show(1, "x of " + all.of("before").times(1e-3).show(1) + " us"));
        table.put(
                "... calls recorded an operation; methods left alone as trivial, of all",
                "said",
                jdk,
                String.format(
                        "%.0f; %.0f of %.0f",
                        all.of("calls").median(),
                        all.of("trivial").median(),
                        all.of("trivial").median() + all.of("methods").median()));
    }

    /**
     * Before a start, after a stop, after an uninstall: each beside JVMs that never saw jtracer.
     */
    void nothingLeft(Jdk jdk) throws Exception {
        Figures times = new Figures();
        for (int fork = 0; fork < forks; fork++) {
            times.add("never", settled(target(jdk, false), "nothing"));
            times.add("installed", settled(target(jdk), "nothing"));
            times.add("stopped", settled(target(jdk), "stopped"));
            times.add("uninstalled", settled(target(jdk), "uninstalled"));
        }
        double never = times.of("never").median();
        String noise = "; never: " + times.of("never").times(1 / never).show(2);
        table.put(
                "Jackson: installed, before a start / never saw jtracer",
                "1.00",
                jdk,
                times.of("installed").times(1 / never).show(2) + noise);
        table.put("... after a stop", "1.00", jdk, times.of("stopped").times(1 / never).show(2));
        table.put(
                "... after an uninstall",
                "1.00",
                jdk,
                times.of("uninstalled").times(1 / never).show(2));
    }

    private double settled(Child child, String what) throws Exception {
        return child.run(paths, "JacksonTarget", ROUND_MILLIS, ROUNDS, what, "clock=auto")
                .of("after")
                .median();
    }

    private Figures jackson(Jdk jdk, String what) throws Exception {
        return target(jdk).run(paths, "JacksonTarget", ROUND_MILLIS, ROUNDS, what, "clock=auto");
    }

    private Child target(Jdk jdk) {
        return target(jdk, true);
    }

    private Child target(Jdk jdk, boolean installed) {
        Child child = new Child(jdk).option("-Xmx512m");
        return installed ? child.installed(paths) : child;
    }
}
