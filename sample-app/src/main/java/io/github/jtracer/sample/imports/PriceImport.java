package io.github.jtracer.sample.imports;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes over the suppliers' price lists every few seconds, several at a time. */
@Component
class PriceImport {
    private static final int THREADS = 2;

    private final Suppliers suppliers;
    private final PriceListReader reader;
    private final PriceUpdates updates;
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService pool =
            Executors.newFixedThreadPool(
                    THREADS, task -> new Thread(task, "import-" + threads.incrementAndGet()));

    PriceImport(Suppliers suppliers, PriceListReader reader, PriceUpdates updates) {
        this.suppliers = suppliers;
        this.reader = reader;
        this.updates = updates;
    }

    @Scheduled(initialDelay = 2000, fixedDelay = 3000)
    void importPrices() {
        List<CompletableFuture<Integer>> lists =
                suppliers.priceLists().stream()
                        .map(list -> CompletableFuture.supplyAsync(() -> take(list), pool))
                        .toList();
        lists.forEach(CompletableFuture::join);
    }

    @PreDestroy
    void close() {
        pool.shutdownNow();
    }

    private int take(String list) {
        return updates.apply(reader.read(list));
    }
}
