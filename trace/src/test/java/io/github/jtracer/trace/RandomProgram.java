package io.github.jtracer.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Makes threads call, return and throw at random, the virtual ones on changing carriers. */
public final class RandomProgram {
    private static final int METHODS = 20;
    private static final int MAX_DEPTH = 40;

    private final SyntheticRecording recording;
    private final Random random;
    private final List<Fiber> fibers = new ArrayList<>();
    private final long carriers;

    private static final class Fiber {
        long tid;
        boolean virtual;
        final Deque<Integer> open = new ArrayDeque<>();
    }

    public RandomProgram(
            SyntheticRecording recording, long seed, int platform, int virtual, int carriers) {
        this.recording = recording;
        this.random = new Random(seed);
        this.carriers = carriers;
        for (int i = 0; i < METHODS; i++) {
            recording.method("com.acme.p" + i % 3 + ".C" + i % 5, "m" + i, "()V");
        }
        for (int i = 0; i < platform + virtual; i++) {
            Fiber fiber = new Fiber();
            fiber.virtual = i >= platform;
            fiber.tid = 100 + i;
            fibers.add(fiber);
            if (!fiber.virtual) {
                recording.platformThread(fiber.tid, "worker-" + i);
            }
        }
        for (int i = 0; i < carriers; i++) {
            recording.platformThread(10 + i, "ForkJoinPool-1-worker-" + i);
        }
    }

    /** Runs so many steps; then every call returns if {@code toTheEnd}. */
    public void run(int steps, boolean toTheEnd) {
        for (int i = 0; i < steps; i++) {
            Fiber fiber = fibers.get(random.nextInt(fibers.size()));
            long carrier = fiber.virtual ? 10 + random.nextInt((int) carriers) : fiber.tid;
            int burst = 1 + random.nextInt(6);
            for (int j = 0; j < burst; j++) {
                step(fiber, carrier);
            }
        }
        for (Fiber fiber : fibers) {
            while (toTheEnd && !fiber.open.isEmpty()) {
                recording.ticks += 1 + random.nextInt(3);
                long carrier = fiber.virtual ? 10 : fiber.tid;
                recording.exit(carrier, fiber.tid, fiber.open.pop());
            }
        }
    }

    private void step(Fiber fiber, long carrier) {
        recording.ticks += 1 + random.nextInt(500);
        if (fiber.open.isEmpty() || fiber.open.size() < MAX_DEPTH && random.nextInt(100) < 52) {
            int method = random.nextInt(METHODS);
            fiber.open.push(method);
            recording.enter(carrier, fiber.tid, method);
        } else if (random.nextInt(20) == 0) {
            recording.thrown(carrier, fiber.tid, fiber.open.pop());
        } else {
            recording.exit(carrier, fiber.tid, fiber.open.pop());
        }
    }
}
