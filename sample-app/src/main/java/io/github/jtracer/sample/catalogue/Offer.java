package io.github.jtracer.sample.catalogue;

import java.math.BigDecimal;

/** A product as a customer sees it, with today's price in the customer's currency. */
public record Offer(String sku, String name, BigDecimal price, String currency) {}
