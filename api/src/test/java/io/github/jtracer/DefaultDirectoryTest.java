package io.github.jtracer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefaultDirectoryTest {
    private static String name(String folder, String command) {
        return DefaultDirectory.name("ann", folder, command);
    }

    @Test
    void saysWhoseItIs() {
        assertThat(name("/srv", "/opt/shop.jar --port=1")).matches("jtracer-ann-shop-[0-9a-f]{4}");
        assertThat(name("/srv", "com.acme.Shop x")).matches("jtracer-ann-Shop-[0-9a-f]{4}");
        assertThat(name("/srv", "")).matches("jtracer-ann--[0-9a-f]{4}");
        assertThat(name("/srv", "/opt/a:b*.jar")).startsWith("jtracer-ann-a-b--");
        assertThat(name("/srv", "/opt/" + "x".repeat(300) + ".jar")).hasSizeLessThan(64);
    }

    @Test
    void isTheSameAfterARestartOnly() {
        assertThat(name("/srv", "shop.jar --port=1")).isEqualTo(name("/srv", "shop.jar --port=2"));
        assertThat(name("/srv", "shop.jar")).isNotEqualTo(name("/home/ann", "shop.jar"));
        assertThat(name("/srv", "/a/shop.jar")).isNotEqualTo(name("/srv", "/b/shop.jar"));
    }
}
