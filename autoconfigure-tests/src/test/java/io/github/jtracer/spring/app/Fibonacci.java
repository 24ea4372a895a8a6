package io.github.jtracer.spring.app;

import org.springframework.stereotype.Component;

/** Something to trace. */
@Component
public class Fibonacci {
    public long of(int n) {
        return n < 2 ? n : of(n - 1) + of(n - 2);
    }
}
