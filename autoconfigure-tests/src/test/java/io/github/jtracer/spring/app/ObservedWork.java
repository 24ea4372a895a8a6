package io.github.jtracer.spring.app;

import io.micrometer.observation.annotation.Observed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Methods that are observed by their annotations. */
public class ObservedWork {
    public static final int PAUSE_MILLIS = 50;

    @Observed(name = "now")
    public String now() {
        return "done";
    }

    @Observed(name = "later")
    public CompletableFuture<String> later() {
        return CompletableFuture.supplyAsync(
                this::now, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }
}
