package io.github.jtracer;

import io.github.jtracer.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import sun.misc.Signal;

/** A program without Spring: installs, does what its first argument says, and tells its status. */
final class InstallMain {
    private InstallMain() {}

    /** Arguments: what to do, the signal, the directory. */
    public static void main(String[] args) throws Exception {
        CountDownLatch foreign = new CountDownLatch(1);
        if (args[0].equals("foreign-handler")) {
            Signal.handle(new Signal(args[1]), signal -> foreign.countDown());
        }
        Work.fibonacci(1);
        JTracer.install(
                TracerSettings.builder()
                        .signal(args[1])
                        .directory(Path.of(args[2]))
                        .include(List.of(Work.class.getName()))
                        .timeLimit(
                                Duration.ofMillis(args[0].endsWith("until-limit") ? 500 : 60_000))
                        .exclude(args[0].endsWith("long-settings") ? manyPatterns() : List.of())
                        .build());
        switch (args[0]) {
            case "foreign-handler" -> {
                kill(args[1]);
                foreign.await();
                System.out.println("foreign handler called");
            }
            case "signal-twice" -> {
                kill(args[1]);
                await("recording");
                Work.fibonacci(5);
                kill(args[1]);
                await("installed");
            }
            case "signal-until-limit" -> {
                kill(args[1]);
                await("recording");
                await("installed");
                Thread.sleep(1000);
            }
            case "signal-after-uninstall" -> {
                JTracer.uninstall();
                kill(args[1]);
                Thread.sleep(1000);
            }
            case "start", "start-with-long-settings" -> {
                try {
                    JTracer.start();
                } catch (TracerUnavailableException e) {
                    System.out.println("refused");
                }
            }
            default -> {}
        }
        TracerStatus status = JTracer.status();
        System.out.println(
                "status " + status.state() + " " + status.signal() + " " + status.files());
    }

    private static List<String> manyPatterns() {
        return IntStream.range(0, 500).mapToObj(i -> "com.acme.quite.long.Name" + i).toList();
    }

    private static void kill(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    }

    private static void await(String state) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!JTracer.status().state().equals(state)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never " + state);
            }
            Thread.sleep(10);
        }
    }
}
