package io.github.jtracer.tests.program;

/** Methods that are left by exceptions, in all the ways there are. */
public final class Throwing {
    private static final RuntimeException MADE_ONCE = new IllegalStateException("made once");

    private Throwing() {}

    /** Passes through three methods: each is left by it. */
    public static int through(int levels) {
        if (levels == 0) {
            throw MADE_ONCE;
        }
        return through(levels - 1) + 1;
    }

    public static int catching() {
        try {
            return through(2);
        } catch (IllegalStateException e) {
            return after(1);
        }
    }

    public static int caughtInside() {
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            try {
                if (i != 1) {
                    throw MADE_ONCE;
                }
                sum += after(i);
            } catch (IllegalStateException e) {
                sum += after(10);
            } finally {
                sum += after(100);
            }
        }
        return sum;
    }

    static int after(int value) {
        return value * 2 + 1;
    }

    public static int withFinally() {
        try {
            return through(0);
        } finally {
            after(3);
        }
    }

    public static int swallowing() {
        try {
            return withFinally();
        } catch (IllegalStateException e) {
            return 1;
        }
    }

    /** What its constructor throws comes before, in or after the superclass's. */
    public static class Fragile {
        final int value;

        Fragile(int value) {
            if (value == 1) {
                throw MADE_ONCE;
            }
            this.value = value;
        }
    }

    public static class Child extends Fragile {
        Child(int value) {
            super(argument(value));
            if (value == 2) {
                throw MADE_ONCE;
            }
        }

        Child(String text) {
            this(text.length());
        }

        static int argument(int value) {
            if (value == 0) {
                throw MADE_ONCE;
            }
            return value;
        }
    }

    /** 0: thrown by an argument of super(), 1: in super(), 2: after it, 3: not at all. */
    public static int construct(int how) {
        try {
            return new Child(how).value;
        } catch (IllegalStateException e) {
            return -after(how);
        }
    }

    public static int constructBehind(String text) {
        try {
            return new Child(text).value;
        } catch (IllegalStateException e) {
            return -after(text.length());
        }
    }

    static class Unlucky {
        static final int VALUE = compute();

        static int compute() {
            return after(after(1) - 3) / (after(0) - 1);
        }
    }

    public static String initialize() {
        try {
            return String.valueOf(Unlucky.VALUE);
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            return e.getClass().getSimpleName();
        }
    }

    public static synchronized int guarded(int value) {
        if (value < 0) {
            throw MADE_ONCE;
        }
        return value;
    }

    public static int locked(Object lock, int value) {
        synchronized (lock) {
            return guarded(value);
        }
    }

    private static int reached;

    /** Recurses until the stack is full; answers how deep it got. */
    public static int overflow() {
        reached = 0;
        try {
            deeper(new Object());
        } catch (StackOverflowError e) {
            return reached;
        }
        return -1;
    }

    static int deeper(Object lock) {
        reached++;
        return deeper(lock) + 1;
    }

    public static int overflowLocked() {
        reached = 0;
        try {
            deeperLocked(new Object());
        } catch (StackOverflowError e) {
            return reached;
        }
        return -1;
    }

    static int deeperLocked(Object lock) {
        synchronized (lock) {
            reached++;
            return deeperLocked(lock) + 1;
        }
    }
}
