package io.github.jtracer.sample.orders;

import java.math.BigDecimal;

/** An order as the customer sees it. */
record OrderView(Long id, String customer, int lines, BigDecimal total, String currency) {
    static OrderView of(Order order) {
        return new OrderView(
                order.getId(),
                order.getCustomer(),
                order.getLines().size(),
                order.total(),
                order.getCurrency());
    }
}
