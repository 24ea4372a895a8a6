package io.github.jtracer.sample.catalogue;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looking at the shelves. */
@RestController
@RequestMapping("/products")
class CatalogueController {
    private final Catalogue catalogue;

    CatalogueController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping
    List<Offer> search(
            @RequestParam(defaultValue = "") String words,
            @RequestParam(defaultValue = "EUR") String currency) {
        return catalogue.search(words, currency);
    }

    @GetMapping("/{sku}")
    Offer offer(@PathVariable String sku, @RequestParam(defaultValue = "EUR") String currency) {
        return catalogue.offer(sku, currency);
    }
}
