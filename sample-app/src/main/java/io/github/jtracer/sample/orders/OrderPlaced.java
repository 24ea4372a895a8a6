package io.github.jtracer.sample.orders;

/** An order was placed and is safe in the database. */
record OrderPlaced(OrderView order) {}
