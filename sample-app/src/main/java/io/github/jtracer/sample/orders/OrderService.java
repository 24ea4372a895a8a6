package io.github.jtracer.sample.orders;

import io.github.jtracer.sample.catalogue.Catalogue;
import io.github.jtracer.sample.catalogue.Offer;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. */
@Service
class OrderService {
    private final OrderRepository orders;
    private final Catalogue catalogue;
    private final ShippingQuotes shipping;
    private final ApplicationEventPublisher events;

    OrderService(
            OrderRepository orders,
            Catalogue catalogue,
            ShippingQuotes shipping,
            ApplicationEventPublisher events) {
        this.orders = orders;
        this.catalogue = catalogue;
        this.shipping = shipping;
        this.events = events;
    }

    @Transactional
    public OrderView place(OrderRequest request) {
        Order order = new Order(request.customer(), request.currency());
        for (OrderRequest.Line line : request.lines()) {
            Offer offer = catalogue.offer(line.sku(), request.currency());
            order.add(offer.sku(), line.quantity(), offer.price());
        }
        order.ship(shipping.cheapest(order.getLines()));
        orders.save(order);
        OrderView placed = OrderView.of(order);
        events.publishEvent(new OrderPlaced(placed));
        return placed;
    }

    @Transactional(readOnly = true)
    public List<OrderView> history(String customer) {
        return orders.findTop10ByCustomerOrderByIdDesc(customer).stream()
                .map(OrderView::of)
                .toList();
    }
}
