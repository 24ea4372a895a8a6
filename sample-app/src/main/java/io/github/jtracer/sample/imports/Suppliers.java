package io.github.jtracer.sample.imports;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The suppliers, who change their prices all the time. */
@Component
class Suppliers {
    private static final int SUPPLIERS = 4;
    private static final int ARTICLES = 60;

    /** Each supplier's list: lines of article number and price in cents. */
    List<String> priceLists() {
        return IntStream.range(0, SUPPLIERS).mapToObj(this::priceList).toList();
    }

    private String priceList(int supplier) {
        return IntStream.range(0, ARTICLES)
                .filter(article -> article % SUPPLIERS == supplier)
                .mapToObj(article -> "A" + article + ";" + price(article))
                .collect(Collectors.joining("\n"));
    }

    private long price(int article) {
        return 500 + article * 37L + ThreadLocalRandom.current().nextInt(20);
    }
}
