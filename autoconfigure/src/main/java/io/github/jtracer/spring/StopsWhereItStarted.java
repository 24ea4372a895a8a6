package io.github.jtracer.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.aop.ObservedAspect;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import java.util.concurrent.CompletionStage;
import org.aspectj.lang.reflect.MethodSignature;
import org.springframework.util.ClassUtils;

/**
 * Tells whether an observation whose scope has just been closed will stop at once, on this thread.
 *
 * <p>That is how {@code observe()} works, and everything in Spring that runs on one thread. It is
 * not so for reactive requests, for servlet requests that went asynchronous, and for
 * {@code @Observed} methods that return a future.
 */
final class StopsWhereItStarted {
    private static final boolean SERVLET =
            ClassUtils.isPresent(
                    "jakarta.servlet.http.HttpServletRequest",
                    StopsWhereItStarted.class.getClassLoader());

    private static final boolean ASPECTS =
            ClassUtils.isPresent(
                    "org.aspectj.lang.reflect.MethodSignature",
                    StopsWhereItStarted.class.getClassLoader());

    private StopsWhereItStarted() {}

    static boolean test(Observation.Context context) {
        if (neverDoes(context) || ASPECTS && Aspects.returnFuture(context)) {
            return false;
        }
        return !(SERVLET
                && context instanceof RequestReplyReceiverContext<?, ?> receiver
                && Servlets.asynchronous(receiver.getCarrier()));
    }

    /** What runs on an event loop does not, and that is known before it starts. */
    static boolean neverDoes(Observation.Context context) {
        return context.getClass().getName().contains(".reactive.");
    }

    /** Apart, as the servlets. */
    private static final class Aspects {
        static boolean returnFuture(Observation.Context context) {
            return context instanceof ObservedAspect.ObservedAspectContext observed
                    && observed.getProceedingJoinPoint().getSignature()
                            instanceof MethodSignature signature
                    && CompletionStage.class.isAssignableFrom(signature.getReturnType());
        }
    }

    /** Apart, so that it is not loaded where there are no servlets. */
    private static final class Servlets {
        static boolean asynchronous(Object carrier) {
            return carrier instanceof jakarta.servlet.http.HttpServletRequest request
                    && request.isAsyncStarted();
        }
    }
}
