package io.github.jtracer.benchmarks.target;

import java.util.concurrent.CyclicBarrier;

/**
 * What one traced call costs beside two bare readings of the clock; then both on two threads at
 * once, since two cores of a virtual machine are not always as fast as one.
 *
 * <p>Arguments: milliseconds of a round, rounds, arguments of the recording.
 */
public final class CallTarget {
    private static final long WARM_UP_MILLIS = 6000;
    private static final int FLOOR_CALLS = 50_000;
    private static final Calls BARE = new BareCalls();
    private static final Calls WOVEN = new WovenCalls();
    private static long sink;

    private CallTarget() {}

    public static void main(String[] arguments) throws Exception {
        long millis = Long.parseLong(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        TracerControl.start(
                "trivial=true,include=" + WovenCalls.class.getName() + "," + arguments[2]);
        WarmUp.until(
                WARM_UP_MILLIS,
                () -> {
                    floor();
                    BARE.recursion();
                    WOVEN.recursion();
                    BARE.chain();
                    WOVEN.chain();
                });
        for (int i = 0; i < rounds; i++) {
            Figures.say("floor", cost(millis, CallTarget::floor));
            for (String name : new String[] {"recursion", "chain"}) {
                double bare = cost(millis, () -> run(BARE, name));
                double woven = cost(millis, () -> run(WOVEN, name));
                Figures.say(name, woven - bare);
            }
            for (double woven : together(millis, WOVEN::recursion)) {
                Figures.say("together", woven);
            }
            Figures.say("alone", cost(millis, WOVEN::recursion));
            for (double bare : together(millis, CallTarget::floor)) {
                Figures.say("bareTogether", bare);
            }
            Figures.say("bareAlone", cost(millis, CallTarget::floor));
        }
        TracerControl.stop();
        Figures.say("sink", sink == 0 ? 0 : 1);
    }

    private static long run(Calls calls, String name) {
        return name.equals("recursion") ? calls.recursion() : calls.chain();
    }

    /** Two readings of the clock, as often as it says. */
    private static long floor() {
        long sum = 0;
        for (int i = 0; i < FLOOR_CALLS; i++) {
            long begin = System.nanoTime();
            sum += System.nanoTime() - begin;
        }
        sink += sum;
        return FLOOR_CALLS;
    }

    /** Runs something and says how many calls that were. */
    private interface Round {
        long run();
    }

    /** Nanoseconds of this thread's processor time a call. */
    private static double cost(long millis, Round round) {
        long end = System.nanoTime() + millis * 1_000_000;
        long before = Figures.cpuNanos();
        long calls = 0;
        do {
            calls += round.run();
        } while (System.nanoTime() < end);
        return (double) (Figures.cpuNanos() - before) / calls;
    }

    private static double[] together(long millis, Round round) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        double[] costs = new double[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int index = i;
            threads[i] =
                    new Thread(
                            () -> {
                                try {
                                    start.await();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                costs[index] = cost(millis, round);
                            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return costs;
    }
}
