package io.github.jtracer.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** A program worth attaching to: works until its input ends, or obeys what it reads there. */
public final class Shop {
    private static volatile long sold;

    private Shop() {}

    public static void main(String[] arguments) throws IOException {
        int plain = place();
        Wares.load(Integer.getInteger("wares", 0));
        boolean busy = Boolean.getBoolean("busy");
        Thread till =
                new Thread(
                        () -> {
                            while (true) {
                                sold += sell(3);
                                if (!busy) {
                                    sleep();
                                }
                            }
                        },
                        "till");
        till.setDaemon(true);
        till.start();
        System.out.println("open");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String line;
        while ((line = in.readLine()) != null) {
            if (line.equals("exit")) {
                System.exit(0);
            }
            System.out.println(
                    switch (line) {
                        case "woven?" -> "woven " + (place() != plain);
                        case "freeze" -> Freeze.begin();
                        default -> "sold " + (sold > 0);
                    });
        }
    }

    /** Where in this method's code the call in it is: a probe stands before it. */
    static int place() {
        return StackWalker.getInstance()
                .walk(frames -> frames.findFirst().orElseThrow().getByteCodeIndex());
    }

    static int sell(int items) {
        return items == 0 ? 0 : price(items) + sell(items - 1);
    }

    static int price(int item) {
        int price = item;
        for (int i = 1; i < 5; i++) {
            price = price * 31 + i;
        }
        return price & 0xFF | 1;
    }

    private static void sleep() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
