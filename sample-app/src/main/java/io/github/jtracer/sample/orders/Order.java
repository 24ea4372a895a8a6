package io.github.jtracer.sample.orders;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a customer bought, at the prices of that moment. */
@Entity
@Table(name = "customer_order")
class Order {
    @Id @GeneratedValue private Long id;

    private String customer;

    private String currency;

    private BigDecimal shipping = BigDecimal.ZERO;

    @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
    @JoinColumn(name = "order_id")
    private List<OrderLine> lines = new ArrayList<>();

    protected Order() {}

    Order(String customer, String currency) {
        this.customer = customer;
        this.currency = currency;
    }

    void add(String sku, int quantity, BigDecimal price) {
        lines.add(new OrderLine(sku, quantity, price));
    }

    void ship(BigDecimal cost) {
        shipping = cost;
    }

    BigDecimal total() {
        BigDecimal total = shipping;
        for (OrderLine line : lines) {
            total = total.add(line.total());
        }
        return total;
    }

    Long getId() {
        return id;
    }

    String getCustomer() {
        return customer;
    }

    String getCurrency() {
        return currency;
    }

    List<OrderLine> getLines() {
        return lines;
    }
}
