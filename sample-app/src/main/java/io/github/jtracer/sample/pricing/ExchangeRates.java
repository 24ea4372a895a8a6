package io.github.jtracer.sample.pricing;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Today's exchange rates, from the bank, kept for a second. */
@Component
public class ExchangeRates {
    private static final long KEPT_NANOS = 1_000_000_000L;

    private final BankClient bank;
    private Map<String, BigDecimal> rates = Map.of();
    private long fetchedAt;

    ExchangeRates(BankClient bank) {
        this.bank = bank;
    }

    /**
     * What one euro is in the given currency.
     *
     * @throws UnknownCurrencyException if the bank does not know it
     */
    public synchronized BigDecimal rate(String currency) {
        if (rates.isEmpty() || System.nanoTime() - fetchedAt > KEPT_NANOS) {
            rates = bank.fetchRates();
            fetchedAt = System.nanoTime();
        }
        BigDecimal rate = rates.get(currency);
        if (rate == null) {
            throw new UnknownCurrencyException(currency);
        }
        return rate;
    }
}
