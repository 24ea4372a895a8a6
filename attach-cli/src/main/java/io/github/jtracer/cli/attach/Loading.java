package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.target.Jvm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The loading of the agent, which goes on while its connection is awaited. */
final class Loading {
    /**
     * Where the agent says why it could not begin: it prints nothing, and its caller hears nothing.
     */
    private static final String FAILURE_PROPERTY = "io.github.jtracer.failure";

    private static final int PATIENCE_SECONDS = 1;

    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final CountDownLatch connected = new CountDownLatch(1);

    private Loading() {}

    static Loading begin(Jvm jvm, String jar, String arguments, Duration limit) {
        Loading loading = new Loading();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                loading.load(jvm, jar, arguments, limit);
                                loading.result.complete(null);
                            } catch (Throwable e) {
                                loading.result.completeExceptionally(e);
                            }
                        },
                        "jtracer attach");
        // A target that never answers must not keep the command from leaving.
        thread.setDaemon(true);
        thread.start();
        return loading;
    }

    private void load(Jvm jvm, String jar, String arguments, Duration limit)
            throws InterruptedException {
        Attach attach = Attach.onThisSystem();
        attach.loadAgent(jvm, jar, arguments, limit);
        if (connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        String failure = attach.systemProperty(jvm, FAILURE_PROPERTY);
        if (!failure.isEmpty() && connected.getCount() > 0) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "The agent could not begin in JVM " + jvm.describe() + ": " + failure + ".",
                    "The target is as it was; please report this.");
        }
    }

    /** The agent has come. */
    void connected() {
        connected.countDown();
    }

    boolean isOver() {
        return result.isDone();
    }

    void whenOver(Runnable action) {
        result.whenComplete((nothing, problem) -> action.run());
    }

    void throwIfFailed() {
        if (!result.isCompletedExceptionally()) {
            return;
        }
        try {
            result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
