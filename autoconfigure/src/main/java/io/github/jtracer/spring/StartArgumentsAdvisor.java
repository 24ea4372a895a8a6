package io.github.jtracer.spring;

import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Brings all that was sent with {@code POST /actuator/tracer/{command}}, in the query or in a body,
 * to {@link TracerEndpointWebExtension}; the operation itself may not name it.
 */
final class StartArgumentsAdvisor implements OperationInvokerAdvisor {
    private static final EndpointId TRACER = EndpointId.of("tracer");

    private final Supplier<TracerEndpointWebExtension> extension;

    StartArgumentsAdvisor(Supplier<TracerEndpointWebExtension> extension) {
        this.extension = extension;
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpointId,
            OperationType operationType,
            OperationParameters parameters,
            OperationInvoker invoker) {
        boolean command =
                endpointId.equals(TRACER)
                        && operationType == OperationType.WRITE
                        && parameters.stream().anyMatch(each -> each.getName().equals("command"));
        return command ? context -> extension.get().command(context.getArguments()) : invoker;
    }
}
