package io.github.jtracer.benchmarks.target;

/** An application's thread that does nothing but look at the clock, and sees when it could not. */
final class Heartbeat extends Thread {
    private static final double NANOS_IN_A_MILLI = 1e6;
    private volatile boolean ended;
    private volatile long longest;
    private volatile boolean forget;

    Heartbeat() {
        super("heartbeat");
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        long most = 0;
        while (!ended) {
            long now = System.nanoTime();
            if (forget) {
                most = 0;
                forget = false;
            } else if (now - last > most) {
                most = now - last;
                longest = most;
            }
            last = now;
        }
    }

    /** The longest since it was asked last. */
    double longestGapMillis() {
        double millis = longest / NANOS_IN_A_MILLI;
        longest = 0;
        forget = true;
        while (forget) {
            Thread.onSpinWait();
        }
        return millis;
    }

    void end() throws InterruptedException {
        ended = true;
        join();
    }
}
