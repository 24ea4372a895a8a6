package io.github.jtracer.spring;

import io.github.jtracer.RecordingInfo;
import io.github.jtracer.SavedTrace;
import io.github.jtracer.Tracer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.lang.Nullable;

/** {@link EndpointJmxExtension @EndpointJmxExtension} for the {@link TracerEndpoint}. */
@EndpointJmxExtension(endpoint = TracerEndpoint.class)
public class TracerEndpointJmxExtension {
    private final Tracer tracer;

    public TracerEndpointJmxExtension(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Starts a recording; every parameter may be null. */
    @WriteOperation
    public RecordingInfo start(
            @Nullable String seconds,
            @Nullable String include,
            @Nullable String exclude,
            @Nullable String minDuration,
            @Nullable String maxDepth,
            @Nullable String file) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("seconds", seconds);
        arguments.put("include", include);
        arguments.put("exclude", exclude);
        arguments.put("minDuration", minDuration);
        arguments.put("maxDepth", maxDepth);
        arguments.put("file", file);
        arguments.values().removeIf(value -> value == null);
        return tracer.start(
                StartArguments.parse(arguments).format(TracerEndpointWebExtension.RAW).build());
    }

    /** Stops the running recording and saves it. */
    @WriteOperation
    public SavedTrace stop() {
        return tracer.stop();
    }

    /** Removes the agent; a recording that runs is saved first. */
    @DeleteOperation
    public Uninstalled uninstall(@Nullable Boolean force) {
        return new Uninstalled(tracer.uninstall(Boolean.TRUE.equals(force)).orElse(null));
    }
}
