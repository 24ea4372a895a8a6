package io.github.jtracer.sample.imports;

import io.github.jtracer.sample.catalogue.Product;
import io.github.jtracer.sample.catalogue.ProductRepository;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings new prices into the catalogue. */
@Component
class PriceUpdates {
    private final ProductRepository products;

    PriceUpdates(ProductRepository products) {
        this.products = products;
    }

    /** Applies all or none; returns how many articles were found. */
    @Transactional
    public int apply(List<NewPrice> prices) {
        int found = 0;
        for (NewPrice price : prices) {
            found +=
                    products.findBySku(price.sku())
                            .map(product -> update(product, price))
                            .orElse(0);
        }
        return found;
    }

    private int update(Product product, NewPrice price) {
        product.reprice(price.price());
        return 1;
    }
}
