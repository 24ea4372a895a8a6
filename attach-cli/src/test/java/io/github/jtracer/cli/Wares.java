package io.github.jtracer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** As many classes as one likes, so that weaving takes its time. */
final class Wares extends ClassLoader {
    private static final String TEMPLATE = "Ware00000";

    private Wares() {
        super(Wares.class.getClassLoader());
    }

    static void load(int count) throws IOException {
        byte[] template;
        try (InputStream in = Wares.class.getResourceAsStream(TEMPLATE + ".class")) {
            template = in.readAllBytes();
        }
        Wares loader = new Wares();
        for (int i = 1; i <= count; i++) {
            loader.define(template, String.format("Ware%05d", i));
        }
    }

    private void define(byte[] template, String name) {
        // One name of the same length for another: nothing else in the class file changes.
        String text = new String(template, StandardCharsets.ISO_8859_1).replace(TEMPLATE, name);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Class<?> type = defineClass("io.github.jtracer.cli." + name, bytes, 0, bytes.length);
        try {
            Class.forName(type.getName(), true, this);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
