package io.github.jtracer.benchmarks.target;

import java.util.ArrayList;
import java.util.List;

/** A small order, as a web shop would send it. */
public record Order(
        long id, String customer, String address, boolean express, List<Line> lines, double total) {
    /** One line of it. */
    public record Line(String sku, String name, int quantity, double price) {}

    static Order small() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(new Line("SKU-10" + i, "A thing for the house, no. " + i, 1 + i, 9.5 + i));
        }
        return new Order(4711, "Ada Lovelace", "12 St James's Square, London", true, lines, 142.5);
    }
}
