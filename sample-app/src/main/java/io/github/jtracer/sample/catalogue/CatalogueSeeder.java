package io.github.jtracer.sample.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Fills the empty shelves when the shop opens: articles, and bundles of bundles. */
@Component
class CatalogueSeeder implements ApplicationRunner {
    private static final int ARTICLES = 60;
    private static final int BUNDLES_A_LEVEL = 6;
    private static final int LEVELS = 3;

    private final CategoryRepository categories;
    private final ProductRepository products;

    CatalogueSeeder(CategoryRepository categories, ProductRepository products) {
        this.categories = categories;
        this.products = products;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments args) {
        List<Category> leaves = seedCategories();
        List<Product> below = seedArticles(leaves);
        for (int level = 1; level <= LEVELS; level++) {
            below = seedBundles(level, below, leaves);
        }
    }

    private List<Category> seedCategories() {
        Category all = categories.save(new Category("everything", new BigDecimal("0.00"), null));
        List<Category> leaves = new ArrayList<>();
        for (String name : List.of("kitchen", "garden", "workshop")) {
            Category room = categories.save(new Category(name, new BigDecimal("0.02"), all));
            leaves.add(
                    categories.save(new Category(name + " tools", new BigDecimal("0.05"), room)));
            leaves.add(
                    categories.save(
                            new Category(name + " machines", new BigDecimal("0.03"), room)));
        }
        return leaves;
    }

    private List<Product> seedArticles(List<Category> leaves) {
        List<Product> articles = new ArrayList<>();
        for (int i = 0; i < ARTICLES; i++) {
            Category category = leaves.get(i % leaves.size());
            BigDecimal price = BigDecimal.valueOf(500 + i * 37L, 2);
            String name = category.getName() + " no. " + i;
            articles.add(products.save(new Product("A" + i, name, price, category)));
        }
        return articles;
    }

    private List<Product> seedBundles(int level, List<Product> below, List<Category> leaves) {
        List<Product> bundles = new ArrayList<>();
        for (int i = 0; i < BUNDLES_A_LEVEL; i++) {
            Category category = leaves.get(i % leaves.size());
            String name = "bundle " + level + "/" + i + " of " + category.getName();
            Product bundle = new Product("B" + level + i, name, BigDecimal.ZERO, category);
            for (int part = 0; part < 3; part++) {
                bundle.add(below.get((i * 2 + part) % below.size()), part + 1);
            }
            bundles.add(products.save(bundle));
        }
        return bundles;
    }
}
