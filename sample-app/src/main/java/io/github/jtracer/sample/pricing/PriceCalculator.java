package io.github.jtracer.sample.pricing;

import io.github.jtracer.sample.catalogue.Category;
import io.github.jtracer.sample.catalogue.Part;
import io.github.jtracer.sample.catalogue.Product;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** Prices products in euros: bundles by their parts, all the way down. */
@Component
public class PriceCalculator {
    private static final BigDecimal BUNDLE_FACTOR = new BigDecimal("0.97");

    private final DiscountRules discounts;

    PriceCalculator(DiscountRules discounts) {
        this.discounts = discounts;
    }

    /** The price of one, after discounts. */
    public BigDecimal priceOf(Product product) {
        BigDecimal gross =
                product.getParts().isEmpty() ? product.getListPrice() : priceOfParts(product);
        return gross.multiply(BigDecimal.ONE.subtract(discountOf(product.getCategory())));
    }

    private BigDecimal priceOfParts(Product bundle) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Part part : bundle.getParts()) {
            BigDecimal quantity = BigDecimal.valueOf(part.getQuantity());
            sum = sum.add(priceOf(part.getProduct()).multiply(quantity));
        }
        return sum.multiply(BUNDLE_FACTOR);
    }

    /** A category's own discount and those of the categories above it. */
    private BigDecimal discountOf(Category category) {
        BigDecimal own = discounts.cap(category.getDiscount());
        return category.getParent() == null ? own : own.add(discountOf(category.getParent()));
    }
}
