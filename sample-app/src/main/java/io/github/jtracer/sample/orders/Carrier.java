package io.github.jtracer.sample.orders;

import java.math.BigDecimal;
import java.util.List;

/** Somebody who carries parcels, and packs them carefully. */
record Carrier(String name, int centsAPiece) {
    BigDecimal quote(List<OrderLine> lines) {
        int pieces = lines.stream().mapToInt(OrderLine::getQuantity).sum();
        return BigDecimal.valueOf((long) boxes(pieces) * 100 + (long) pieces * centsAPiece, 2);
    }

    /** Boxes for so many pieces: halves the pile until it fits. */
    private int boxes(int pieces) {
        if (pieces <= 4) {
            return 1;
        }
        int half = pieces / 2;
        return boxes(half) + boxes(pieces - half);
    }
}
