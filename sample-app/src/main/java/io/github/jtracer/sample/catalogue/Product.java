package io.github.jtracer.sample.catalogue;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Something to buy: an article with a price, or a bundle whose price is that of its parts. */
@Entity
public class Product {
    @Id @GeneratedValue private Long id;

    @Column(unique = true)
    private String sku;

    private String name;

    private BigDecimal listPrice;

    @ManyToOne(fetch = FetchType.LAZY)
    private Category category;

    @OneToMany(cascade = CascadeType.ALL)
    @JoinColumn(name = "bundle_id")
    private List<Part> parts = new ArrayList<>();

    protected Product() {}

    public Product(String sku, String name, BigDecimal listPrice, Category category) {
        this.sku = sku;
        this.name = name;
        this.listPrice = listPrice;
        this.category = category;
    }

    /** Puts so many of an article, or of another bundle, into this bundle. */
    public void add(Product product, int quantity) {
        parts.add(new Part(product, quantity));
    }

    public void reprice(BigDecimal price) {
        listPrice = price;
    }

    public Long getId() {
        return id;
    }

    public String getSku() {
        return sku;
    }

    public String getName() {
        return name;
    }

    public BigDecimal getListPrice() {
        return listPrice;
    }

    public Category getCategory() {
        return category;
    }

    public List<Part> getParts() {
        return parts;
    }
}
