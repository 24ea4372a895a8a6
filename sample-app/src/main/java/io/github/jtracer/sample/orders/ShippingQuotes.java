package io.github.jtracer.sample.orders;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/** Asks three carriers at once what the way to the customer costs. */
@Component
class ShippingQuotes {
    private static final List<Carrier> CARRIERS =
            List.of(new Carrier("snail", 3), new Carrier("horse", 5), new Carrier("pigeon", 7));

    private final AsyncTaskExecutor executor;

    ShippingQuotes(@Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
        this.executor = executor;
    }

    BigDecimal cheapest(List<OrderLine> lines) {
        List<CompletableFuture<BigDecimal>> quotes =
                CARRIERS.stream()
                        .map(carrier -> executor.submitCompletable(() -> carrier.quote(lines)))
                        .toList();
        return quotes.stream()
                .map(CompletableFuture::join)
                .min(BigDecimal::compareTo)
                .orElseThrow();
    }
}
