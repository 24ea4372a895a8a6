package io.github.jtracer.benchmarks.target;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A small order, as a web shop would send it: written and read, it takes Jackson about as many
 * calls as the order of the project's specification (2,640).
 */
public record Order(
        long id,
        Status status,
        Customer customer,
        boolean express,
        List<Line> lines,
        BigDecimal total) {
    /** Where it is. */
    public enum Status {
        PLACED,
        PAID,
        SHIPPED
    }

    /** Who ordered. */
    public record Customer(String name, String email, String address) {}

    /** One line of it. */
    public record Line(String sku, String name, int quantity, BigDecimal price) {}

    static Order small() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(
                    new Line(
                            "SKU-10" + i,
                            "A thing for the house, no. " + i,
                            1 + i,
                            new BigDecimal("9.50").add(BigDecimal.valueOf(i))));
        }
        return new Order(
                4711,
                Status.PAID,
                new Customer("Ada Lovelace", "ada@example.org", "12 St James's Square, London"),
                true,
                lines,
                new BigDecimal("142.50"));
    }
}
