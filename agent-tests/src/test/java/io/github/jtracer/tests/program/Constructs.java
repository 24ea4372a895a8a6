package io.github.jtracer.tests.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** A program of everything that the language has, which checks its own result. */
public final class Constructs {
    private Constructs() {}

    record Point(int x, int y) implements Comparable<Point> {
        Point {
            if (x < -1000) {
                throw new IllegalArgumentException("too far");
            }
        }

        int norm() {
            return Math.abs(x) + Math.abs(y);
        }

        @Override
        public int compareTo(Point other) {
            return Integer.compare(norm(), other.norm());
        }
    }

    interface Shape {
        double area();

        default String describe() {
            return name() + ":" + Math.round(area());
        }

        private String name() {
            return getClass().getSimpleName();
        }

        static Shape of(int sides) {
            return sides == 0 ? new Circle(2) : new Square(sides);
        }
    }

    record Circle(double radius) implements Shape {
        @Override
        public double area() {
            return 3 * radius * radius;
        }
    }

    record Square(int side) implements Shape {
        @Override
        public double area() {
            return side * side;
        }
    }

    enum Operation implements IntUnaryOperator {
        TWICE {
            @Override
            public int applyAsInt(int value) {
                return 2 * value;
            }
        },
        SQUARE {
            @Override
            public int applyAsInt(int value) {
                return value * value;
            }
        }
    }

    abstract static class Node<T extends Comparable<T>> {
        abstract T value();

        boolean less(Node<T> other) {
            return value().compareTo(other.value()) < 0;
        }
    }

    static final class Leaf extends Node<Integer> {
        private final int value;

        Leaf(int value) {
            this.value = value;
        }

        @Override
        Integer value() {
            return value;
        }
    }

    final class Inner {
        int twice(int value) {
            return own(value) * 2;
        }
    }

    private int own(int value) {
        return value + 1;
    }

    static long switches(Object value, String text) {
        long result =
                switch (text) {
                    case "a", "b" -> 1;
                    case "Aa", "BB" -> 2;
                    default -> text.length();
                };
        if (value instanceof Integer number && number > 3) {
            result += number;
        } else if (value instanceof Point point) {
            result += point.norm();
        }
        switch ((int) result % 4) {
            case 0:
                result += 10;
            // falls through
            case 1:
                result += 100;
                break;
            default:
                result--;
        }
        return result;
    }

    static double widths(long a, double b, int c, float d, byte[] bytes, char[][] chars) {
        double sum = a * b + c - d;
        for (byte value : bytes) {
            sum += value;
        }
        for (char[] row : chars) {
            for (char unit : row) {
                sum += unit;
            }
        }
        return sum;
    }

    static <T, R> List<R> map(List<T> list, Function<? super T, ? extends R> function) {
        List<R> mapped = new ArrayList<>();
        for (T element : list) {
            mapped.add(function.apply(element));
        }
        return mapped;
    }

    static String resources(List<String> log) {
        try (AutoCloseable first = () -> log.add("first");
                AutoCloseable second =
                        () -> {
                            log.add("second");
                            throw new IllegalStateException("in close");
                        }) {
            log.add("body");
            throw new IllegalArgumentException("in body");
        } catch (Exception e) {
            return e.getMessage() + "+" + e.getSuppressed().length;
        } finally {
            log.add("finally");
        }
    }

    static int labelled(int limit) {
        int found = 0;
        outer:
        for (int i = 2; ; i++) {
            for (int j = 2; j < i; j++) {
                if (i % j == 0) {
                    continue outer;
                }
            }
            found = i;
            if (i > limit) {
                break;
            }
        }
        return found;
    }

    static int returnsFromEverywhere(int value) {
        try {
            if (value == 0) {
                return 1;
            }
            synchronized (Constructs.class) {
                if (value == 1) {
                    return 2;
                }
            }
            throw new IllegalStateException();
        } catch (IllegalStateException e) {
            return 3;
        } finally {
            if (value == 3) {
                value = 4;
            }
        }
    }

    /** Everything, as one string that must always be the same. */
    public static String everything() {
        StringBuilder all = new StringBuilder();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(new Point(i * 7 % 11 - 5, i * 5 % 13 - 6));
        }
        points.sort(Comparator.<Point>naturalOrder().thenComparing(Point::x));
        all.append(points.get(7)).append(points.hashCode());
        try {
            new Point(-2000, 0);
        } catch (IllegalArgumentException e) {
            all.append(e.getMessage());
        }
        for (int i = 0; i < 3; i++) {
            all.append(Shape.of(i).describe()).append(returnsFromEverywhere(i));
        }
        for (Operation operation : Operation.values()) {
            all.append(operation.applyAsInt(7)).append(operation);
        }
        all.append(new Leaf(3).less(new Leaf(4)));
        Constructs constructs = new Constructs();
        Inner inner = constructs.new Inner();
        Supplier<Supplier<Integer>> nested = () -> () -> inner.twice(20);
        all.append(nested.get().get());
        all.append(switches(5, "Aa")).append(switches(points.get(3), "BB"));
        all.append(switches("", "something"));
        all.append(
                widths(
                        1L << 40,
                        1.5,
                        3,
                        2.5f,
                        new byte[] {1, 2, -3},
                        new char[][] {{'a', 'b'}, {'c'}}));
        all.append(map(List.of(1, 2, 3), value -> map(List.of(value), v -> v * value)));
        List<String> log = new ArrayList<>();
        all.append(resources(log)).append(log).append(labelled(50));
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : "the quick the lazy the dog".split(" ")) {
            counts.merge(word, 1, Integer::sum);
        }
        all.append(counts);
        all.append(Throwing.catching()).append(Throwing.caughtInside());
        all.append(Throwing.swallowing());
        for (int how = 0; how < 4; how++) {
            all.append(Throwing.construct(how)).append(',');
        }
        return all.toString().replaceAll("@[0-9a-f]+", "");
    }
}
