package io.github.jtracer.sample.orders;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/** An order as the customer sends it. */
record OrderRequest(
        @NotBlank String customer,
        @Pattern(regexp = "[A-Z]{3}") String currency,
        @NotEmpty List<@Valid Line> lines) {

    record Line(@NotBlank String sku, @Min(1) @Max(100) int quantity) {}
}
