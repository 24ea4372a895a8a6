package io.github.jtracer.sample.orders;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Where orders are kept. */
interface OrderRepository extends JpaRepository<Order, Long> {
    List<Order> findTop10ByCustomerOrderByIdDesc(String customer);
}
