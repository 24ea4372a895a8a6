package io.github.jtracer.sample.imports;

import java.math.BigDecimal;

/** What an article costs from now on. */
record NewPrice(String sku, BigDecimal price) {}
