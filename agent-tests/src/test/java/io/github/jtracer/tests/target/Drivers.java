package io.github.jtracer.tests.target;

import io.github.jtracer.tests.program.Calls;
import io.github.jtracer.tests.program.Constructs;
import io.github.jtracer.tests.program.Throwing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What runs the program that is traced; not traced itself. Answers are numbers of calls. */
final class Drivers {
    private static final List<Thread> WAITING = new ArrayList<>();
    private static final Semaphore LET_GO = new Semaphore(0);
    private static final AtomicLong WRONG = new AtomicLong();
    private static final List<Thread> BUSY = new ArrayList<>();
    private static volatile boolean busy;

    private Drivers() {}

    /** So many threads at once, each so many times outer. */
    static long platform(String... threadsAndTimes) throws Exception {
        int threads = Integer.parseInt(threadsAndTimes[0]);
        int times = Integer.parseInt(threadsAndTimes[1]);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> repeat(times), "worker-" + t);
            all.add(thread);
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        return (long) threads * times;
    }

    /** As {@link #platform}, one thread after the other. */
    static long oneByOne(String... threadsAndTimes) throws Exception {
        int threads = Integer.parseInt(threadsAndTimes[0]);
        for (int t = 0; t < threads; t++) {
            platform("1", threadsAndTimes[1]);
        }
        return (long) threads * Integer.parseInt(threadsAndTimes[1]);
    }

    private static void repeat(int times) {
        for (int i = 0; i < times; i++) {
            Calls.outer(i);
        }
    }

    /** As tasks of the common pool, which forgets thread locals between tasks. */
    static long commonPool(String... tasksAndTimes) throws Exception {
        int tasks = Integer.parseInt(tasksAndTimes[0]);
        int times = Integer.parseInt(tasksAndTimes[1]);
        for (int i = 0; i < tasks; i++) {
            ForkJoinPool.commonPool().submit(() -> repeat(times)).get();
        }
        return (long) tasks * times;
    }

    /** So many virtual threads, each {@code Calls.moving} once, resting in different ways. */
    static long virtual(String... threadsAndTimes) throws Exception {
        int threads = Integer.parseInt(threadsAndTimes[0]);
        int times = Integer.parseInt(threadsAndTimes[1]);
        List<Future<?>> all = new ArrayList<>();
        Semaphore semaphore = new Semaphore(50);
        Object lock = new Object();
        Calls.Pause[] pauses = {
            () -> Thread.sleep(1),
            Thread::yield,
            () -> {
                semaphore.acquire();
                Thread.yield();
                semaphore.release();
            },
            () -> {
                synchronized (lock) {
                    Thread.yield();
                }
            }
        };
        ExecutorService executor =
                (ExecutorService)
                        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            for (int t = 0; t < threads; t++) {
                int seed = t;
                Callable<Void> task =
                        () -> {
                            if (seed % 2 == 0) {
                                Thread.currentThread().setName("virtual " + seed);
                            }
                            for (int i = 0; i < times; i++) {
                                Calls.moving(seed, pauses[(seed + i) % pauses.length]);
                            }
                            return null;
                        };
                all.add(executor.submit(task));
            }
            for (Future<?> future : all) {
                future.get();
            }
        } finally {
            executor.shutdown();
        }
        return (long) threads * times;
    }

    static long spin(String... microsAndTimes) {
        long nanos = Long.parseLong(microsAndTimes[0]) * 1000;
        for (int i = 0; i < Integer.parseInt(microsAndTimes[1]); i++) {
            Calls.spin(nanos);
        }
        return Long.parseLong(microsAndTimes[1]);
    }

    static int depth(String... levels) {
        return Calls.depth(Integer.parseInt(levels[0]));
    }

    static String everything(String... none) {
        return Constructs.everything();
    }

    static String throwing(String... method) throws Exception {
        return String.valueOf(Throwing.class.getMethod(method[0]).invoke(null));
    }

    static int overflow(String... none) {
        return Throwing.overflow();
    }

    static int overflowLocked(String... none) {
        return Throwing.overflowLocked();
    }

    static String construct(String... hows) {
        StringBuilder results = new StringBuilder();
        for (String how : hows) {
            results.append(Throwing.construct(Integer.parseInt(how))).append(' ');
        }
        return results.toString().strip();
    }

    static int constructBehind(String... text) {
        return Throwing.constructBehind(text[0]);
    }

    /** A thread of that name enters {@code Calls.waiting} and stays there. */
    static String enter(String... name) throws Exception {
        Semaphore inside = new Semaphore(0);
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                Calls.waiting(inside, LET_GO::acquire);
                            } catch (Exception e) {
                                WRONG.incrementAndGet();
                            }
                        },
                        name[0]);
        WAITING.add(thread);
        thread.start();
        inside.acquire();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return name[0];
    }

    static int leave(String... none) throws Exception {
        LET_GO.release(WAITING.size());
        for (Thread thread : WAITING) {
            thread.join();
        }
        int left = WAITING.size();
        WAITING.clear();
        return left;
    }

    /** Runs the static method of a class that may not be loaded yet. */
    static String call(String... classAndMethod) throws Exception {
        return String.valueOf(
                Class.forName(classAndMethod[0]).getMethod(classAndMethod[1]).invoke(null));
    }

    /** A thread begins to initialize a class, which goes on until its property is set. */
    static String beginInitializing(String... className) throws Exception {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                Class.forName(className[0]);
                            } catch (ClassNotFoundException e) {
                                WRONG.incrementAndGet();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return className[0];
    }

    static String setProperty(String... name) {
        return String.valueOf(System.setProperty(name[0], "true"));
    }

    static String load(String... className) throws Exception {
        return Class.forName(className[0], false, Drivers.class.getClassLoader()).getName();
    }

    static String callInTwoLoaders(String... classAndMethod) throws Exception {
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            answers.append(Loaders.twin(i, classAndMethod[0], classAndMethod[1])).append(' ');
        }
        return answers.toString().strip();
    }

    static int clones(String... countAndClass) throws Exception {
        return Loaders.clones(Integer.parseInt(countAndClass[0]), countAndClass[1]);
    }

    static int numbered(String... countAndUsed) throws Exception {
        return Loaders.numbered(
                Integer.parseInt(countAndUsed[0]), Boolean.parseBoolean(countAndUsed[1]));
    }

    static String callNumbered(String... none) throws Exception {
        return Loaders.callNumbered();
    }

    static String parametersOfNumbered(String... none) throws Exception {
        return Loaders.parametersOfNumbered();
    }

    static String hidden(String... className) throws Exception {
        return Loaders.hidden(className[0]);
    }

    /** Threads that compute the same thing again and again and compare. */
    static String busy(String... threads) {
        String expected = Constructs.everything();
        busy = true;
        for (int i = 0; i < Integer.parseInt(threads[0]); i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                while (busy) {
                                    try {
                                        if (!Constructs.everything().equals(expected)) {
                                            WRONG.incrementAndGet();
                                        }
                                    } catch (Throwable e) {
                                        WRONG.incrementAndGet();
                                    }
                                }
                            },
                            "busy-" + i);
            thread.setDaemon(true);
            BUSY.add(thread);
            thread.start();
        }
        return expected;
    }

    /** Ends them; how often anything was wrong. */
    static long idle(String... none) throws Exception {
        busy = false;
        for (Thread thread : BUSY) {
            thread.join();
        }
        BUSY.clear();
        return WRONG.get();
    }

    static String pool(String... tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        CountDownLatch done = new CountDownLatch(Integer.parseInt(tasks[0]));
        for (int i = 0; i < Integer.parseInt(tasks[0]); i++) {
            executor.execute(done::countDown);
        }
        done.await();
        executor.shutdown();
        executor.awaitTermination(1, TimeUnit.MINUTES);
        return tasks[0];
    }

    /** Leaves no room in the heap for so many milliseconds. */
    static String full(String... millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis[0]));
        List<byte[]> all = new ArrayList<>();
        for (int size = 1 << 16; size > 0; size /= 16) {
            try {
                while (true) {
                    all.add(new byte[size]);
                }
            } catch (OutOfMemoryError e) {
                // That is what is wanted.
            }
        }
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        all.clear();
        return millis[0];
    }

    /** Begins to load a class whose superclass its loader does not find yet. */
    static String loadLate(String... none) throws Exception {
        return Loaders.Late.begin();
    }

    static String letIn(String... none) throws Exception {
        return Loaders.Late.end();
    }

    static String late(String... none) throws Exception {
        return Loaders.Late.answer();
    }
}
