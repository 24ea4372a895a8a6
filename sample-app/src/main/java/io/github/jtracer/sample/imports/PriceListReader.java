package io.github.jtracer.sample.imports;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads a supplier's price list. */
@Component
class PriceListReader {
    List<NewPrice> read(String list) {
        return list.lines().map(this::readLine).toList();
    }

    private NewPrice readLine(String line) {
        String[] columns = line.split(";", 2);
        return new NewPrice(columns[0], BigDecimal.valueOf(Long.parseLong(columns[1]), 2));
    }
}
