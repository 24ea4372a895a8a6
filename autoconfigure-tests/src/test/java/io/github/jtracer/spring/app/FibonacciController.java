package io.github.jtracer.spring.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Something to ask for over HTTP. */
@RestController
class FibonacciController {
    private final Fibonacci fibonacci;

    FibonacciController(Fibonacci fibonacci) {
        this.fibonacci = fibonacci;
    }

    @GetMapping("/fibonacci/{n}")
    String fibonacci(@PathVariable("n") int n) {
        return String.valueOf(fibonacci.of(n));
    }

    /** Answers later, on another thread. */
    @GetMapping("/later/{n}")
    CompletableFuture<String> later(@PathVariable("n") int n) {
        return CompletableFuture.supplyAsync(
                () -> fibonacci(n), CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }
}
