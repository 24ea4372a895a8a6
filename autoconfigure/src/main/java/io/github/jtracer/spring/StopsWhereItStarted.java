package io.github.jtracer.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import org.springframework.util.ClassUtils;

/**
 * Tells whether an observation whose scope has just been closed will stop at once, on this thread.
 *
 * <p>That is how {@code observe()} works, and everything in Spring that runs on one thread. It is
 * not so for reactive requests, and for servlet requests that went asynchronous.
 */
final class StopsWhereItStarted {
    private static final boolean SERVLET =
            ClassUtils.isPresent(
                    "jakarta.servlet.http.HttpServletRequest",
                    StopsWhereItStarted.class.getClassLoader());

    private StopsWhereItStarted() {}

    static boolean test(Observation.Context context) {
        if (context.getClass().getName().contains(".reactive.")) {
            return false;
        }
        return !(SERVLET
                && context instanceof RequestReplyReceiverContext<?, ?> receiver
                && Servlets.asynchronous(receiver.getCarrier()));
    }

    /** Apart, so that it is not loaded where there are no servlets. */
    private static final class Servlets {
        static boolean asynchronous(Object carrier) {
            return carrier instanceof jakarta.servlet.http.HttpServletRequest request
                    && request.isAsyncStarted();
        }
    }
}
