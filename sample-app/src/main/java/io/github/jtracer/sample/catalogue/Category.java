package io.github.jtracer.sample.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;

/** A node of the category tree, with a discount of its own. */
@Entity
public class Category {
    @Id @GeneratedValue private Long id;

    private String name;

    private BigDecimal discount;

    @ManyToOne(fetch = FetchType.LAZY)
    private Category parent;

    protected Category() {}

    public Category(String name, BigDecimal discount, Category parent) {
        this.name = name;
        this.discount = discount;
        this.parent = parent;
    }

    public String getName() {
        return name;
    }

    public BigDecimal getDiscount() {
        return discount;
    }

    /** The category above, or null at the root. */
    public Category getParent() {
        return parent;
    }
}
