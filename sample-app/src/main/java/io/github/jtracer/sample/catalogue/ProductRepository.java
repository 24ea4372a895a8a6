package io.github.jtracer.sample.catalogue;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Where products are kept. */
public interface ProductRepository extends JpaRepository<Product, Long> {
    Optional<Product> findBySku(String sku);

    List<Product> findTop20ByNameContainingIgnoreCaseOrderByName(String words);
}
