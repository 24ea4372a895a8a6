package io.github.jtracer.sample.load;

import java.net.URI;

/** Where, how long and how many at a time. */
record LoadOptions(URI url, int seconds, int threads) {
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_THREADS = 256;

    static LoadOptions parse(String... args) {
        URI url = URI.create("http://localhost:8080");
        int seconds = 10;
        int threads = 4;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String key = equals < 0 ? arg : arg.substring(0, equals);
            String value = arg.substring(equals + 1);
            switch (key) {
                case "--load" -> url = URI.create(value);
                case "--seconds" -> seconds = number(arg, value, MOST_SECONDS);
                case "--threads" -> threads = number(arg, value, MOST_THREADS);
                default ->
                        throw new IllegalArgumentException(
                                arg + " is not --load=URL, --seconds=N or --threads=N");
            }
        }
        return new LoadOptions(url, seconds, threads);
    }

    private static int number(String arg, String value, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, as a number out of range is
        }
        throw new IllegalArgumentException(arg + " is not a number from 1 to " + most);
    }
}
