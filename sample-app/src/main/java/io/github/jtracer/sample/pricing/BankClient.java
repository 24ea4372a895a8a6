package io.github.jtracer.sample.pricing;

import io.micrometer.observation.ObservationRegistry;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the bank for its exchange rates, over HTTP. */
@Component
class BankClient {
    private final Bank bank;
    private final RestClient http;

    BankClient(Bank bank, ObjectProvider<ObservationRegistry> observations) {
        this.bank = bank;
        this.http =
                RestClient.builder()
                        .observationRegistry(
                                observations.getIfAvailable(() -> ObservationRegistry.NOOP))
                        .build();
    }

    Map<String, BigDecimal> fetchRates() {
        String answer = http.get().uri(bank.ratesUrl()).retrieve().body(String.class);
        return parse(Objects.requireNonNull(answer, "the bank sent nothing"));
    }

    private static Map<String, BigDecimal> parse(String answer) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        answer.lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> rates.put(pair[0], new BigDecimal(pair[1])));
        return rates;
    }
}
