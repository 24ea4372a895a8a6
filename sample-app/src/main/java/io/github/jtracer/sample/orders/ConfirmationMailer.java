package io.github.jtracer.sample.orders;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Writes a letter for every order, behind the customer's back. */
@Component
class ConfirmationMailer {
    private final AtomicLong sent = new AtomicLong();

    @Async
    @TransactionalEventListener
    void confirm(OrderPlaced event) {
        String letter = write(event.order());
        if (!letter.isBlank()) {
            sent.incrementAndGet();
        }
    }

    /** How many letters have left. */
    long sent() {
        return sent.get();
    }

    private String write(OrderView order) {
        return "Dear %s,%nyour order %d of %d lines comes to %s %s.%n"
                .formatted(
                        order.customer(),
                        order.id(),
                        order.lines(),
                        order.total(),
                        order.currency());
    }
}
