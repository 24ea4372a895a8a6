package io.github.jtracer.sample.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.math.BigDecimal;

/** So many of one product in an order. */
@Entity
class OrderLine {
    @Id @GeneratedValue private Long id;

    private String sku;

    private int quantity;

    private BigDecimal price;

    protected OrderLine() {}

    OrderLine(String sku, int quantity, BigDecimal price) {
        this.sku = sku;
        this.quantity = quantity;
        this.price = price;
    }

    BigDecimal total() {
        return price.multiply(BigDecimal.valueOf(quantity));
    }

    String getSku() {
        return sku;
    }

    int getQuantity() {
        return quantity;
    }
}
