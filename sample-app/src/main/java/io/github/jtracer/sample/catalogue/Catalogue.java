package io.github.jtracer.sample.catalogue;

import io.github.jtracer.sample.pricing.ExchangeRates;
import io.github.jtracer.sample.pricing.PriceCalculator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds products and tells what they cost. */
@Service
@Transactional(readOnly = true)
public class Catalogue {
    private final ProductRepository products;
    private final PriceCalculator prices;
    private final ExchangeRates rates;

    Catalogue(ProductRepository products, PriceCalculator prices, ExchangeRates rates) {
        this.products = products;
        this.prices = prices;
        this.rates = rates;
    }

    /** At most twenty products with the words in their names. */
    public List<Offer> search(String words, String currency) {
        return products.findTop20ByNameContainingIgnoreCaseOrderByName(words).stream()
                .map(product -> toOffer(product, currency))
                .toList();
    }

    /**
     * The product with this number.
     *
     * @throws UnknownProductException if there is none
     */
    public Offer offer(String sku, String currency) {
        Product product =
                products.findBySku(sku).orElseThrow(() -> new UnknownProductException(sku));
        return toOffer(product, currency);
    }

    private Offer toOffer(Product product, String currency) {
        BigDecimal price =
                prices.priceOf(product)
                        .multiply(rates.rate(currency))
                        .setScale(2, RoundingMode.HALF_EVEN);
        return new Offer(product.getSku(), product.getName(), price, currency);
    }
}
