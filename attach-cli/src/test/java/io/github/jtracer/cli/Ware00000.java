package io.github.jtracer.cli;

/** The template of {@link Wares}: methods with loops, which are never trivial. */
final class Ware00000 {
    private Ware00000() {}

    static String label1(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 1);
        }
        return label;
    }

    static String label2(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 2);
        }
        return label;
    }

    static String label3(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 3);
        }
        return label;
    }

    static String label4(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 4);
        }
        return label;
    }

    static String label5(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 5);
        }
        return label;
    }

    static String label6(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 6);
        }
        return label;
    }

    static String label7(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 7);
        }
        return label;
    }

    static String label8(int price) {
        String label = "";
        for (int i = 0; i < price; i++) {
            label += String.valueOf(i * 8);
        }
        return label;
    }
}
