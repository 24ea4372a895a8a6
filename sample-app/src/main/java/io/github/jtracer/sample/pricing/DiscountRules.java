package io.github.jtracer.sample.pricing;

import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** What the shop allows as a discount. */
@Component
class DiscountRules {
    private static final BigDecimal MOST = new BigDecimal("0.20");

    BigDecimal cap(BigDecimal discount) {
        return discount.min(MOST);
    }
}
