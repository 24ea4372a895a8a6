package io.github.jtracer.spring;

import io.github.jtracer.Tracer;
import io.github.jtracer.TracerStatus;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@link Endpoint @Endpoint} to start, stop and look at recordings of the tracer. */
@Endpoint(id = "tracer")
public class TracerEndpoint {
    private final Tracer tracer;

    public TracerEndpoint(Tracer tracer) {
        this.tracer = tracer;
    }

    /** What the tracer is doing, and the traces that there are. */
    @ReadOperation
    public TracerStatus status() {
        return tracer.status();
    }
}
