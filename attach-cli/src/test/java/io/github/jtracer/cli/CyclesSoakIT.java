package io.github.jtracer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaches and detaches, again and again, while customers are served. */
class CyclesSoakIT {
    private static final int CYCLES = Integer.getInteger("jtracer.soak.attaches", 200);

    /** What the first ones load stays: the probe's classes, the agent's jar. */
    private static final int FIRST = 10;

    private static final int CUSTOMERS = 4;
    private static final long HEAP_MARGIN = 2 << 20;
    private static final int FEW = 2;

    @TempDir Path folder;

    private final AtomicLong served = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

    static List<Path> jdks() throws IOException {
        return Jdks.all();
    }

    /** What the target has. */
    private record Size(long threads, long files, long heap, long metaspace) {}

    @ParameterizedTest
    @MethodSource("jdks")
    void twoHundredCyclesUnderLoadLeaveNothing(Path jdk) throws Exception {
        try (Target target = Target.loaded(jdk)) {
            List<Thread> customers =
                    customers(URI.create("http://localhost:" + target.ask("port")));
            cycles(target, FIRST);
            Size before = size(target);
            cycles(target, CYCLES);
            Size after = size(target);
            closing = true;
            for (Thread customer : customers) {
                customer.join();
            }
            System.out.printf(
                    "%s: %d cycles, %d requests; before %s, after %s%n",
                    jdk.getFileName(), CYCLES, served.get(), before, after);
            assertThat(failures).isEmpty();
            assertThat(served.get()).isPositive();
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + FEW);
            assertThat(after.files()).isLessThanOrEqualTo(before.files() + FEW);
            assertThat(after.heap()).isLessThan(before.heap() + HEAP_MARGIN);
            assertThat(target.errors().lines().filter(line -> !line.startsWith("WARNING:")))
                    .isEmpty();
        }
    }

    private void cycles(Target target, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try (Command command =
                    Command.packaged(
                            folder, "--attach", target.name(), "-t", "0.1", "--buffer", "4MB")) {
                assertThat(command.exitCode())
                        .as("cycle " + i + ": " + command.messages())
                        .isZero();
            }
            assertThat(Traces.events(folder.resolve("result.json"))).isPositive();
        }
    }

    private static Size size(Target target) throws IOException {
        return new Size(
                Long.parseLong(target.ask("threads")),
                Traces.filesIn(Path.of("/proc/" + target.pid() + "/fd")).size(),
                Long.parseLong(target.ask("heap")),
                Long.parseLong(target.ask("metaspace")));
    }

    private List<Thread> customers(URI shop) {
        HttpClient client = HttpClient.newHttpClient();
        List<Thread> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            Thread customer = new Thread(() -> buy(client, HttpRequest.newBuilder(shop).build()));
            customer.start();
            customers.add(customer);
        }
        return customers;
    }

    private void buy(HttpClient client, HttpRequest request) {
        while (!closing) {
            try {
                int status = client.send(request, BodyHandlers.ofString()).statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
                served.incrementAndGet();
                // The machine is shared: load, not overload.
                Thread.sleep(1);
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
