package io.github.jtracer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.jtracer.JTracer;
import io.github.jtracer.RecordingRequest;
import io.github.jtracer.Tracer;
import io.github.jtracer.TracerSettings;
import io.github.jtracer.spring.app.ObservedWork;
import io.github.jtracer.trace.TraceFormat;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.aop.ObservedAspect;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

/** Methods that are annotated with {@code @Observed}. */
class ObservedMethodsTest {
    @TempDir private Path directory;

    @Test
    void futureIsASliceUntilItIsCompletedAndItsCallersThreadGoesOnBefore() throws Exception {
        ObservedWork work = observed();
        String trace = recorded(() -> assertThat(work.later().join()).isEqualTo("done"));

        List<Integer> lanes = JsonPath.read(trace, "$.traceEvents[?(@.args.lane)].tid");
        assertThat(lanes).hasSize(1);
        List<Double> whole = durations(trace, "later", "==", lanes.get(0));
        List<Double> onItsThread = durations(trace, "later", "!=", lanes.get(0));
        assertThat(whole).singleElement().satisfies(d -> assertThat(d).isGreaterThan(micros()));
        assertThat(onItsThread).singleElement().satisfies(d -> assertThat(d).isLessThan(micros()));
    }

    @Test
    void methodThatReturnsWhenItIsDoneIsASliceOnItsThread() throws Exception {
        ObservedWork work = observed();
        String trace = recorded(work::now);

        assertThat(trace)
                .contains("\"class\":\"" + ObservedWork.class.getName())
                .doesNotContain("lane");
    }

    private static double micros() {
        return TimeUnit.MILLISECONDS.toMicros(ObservedWork.PAUSE_MILLIS);
    }

    private static List<Double> durations(String trace, String name, String is, Integer tid) {
        return JsonPath.read(
                trace,
                "$.traceEvents[?(@.ph == 'X' && @.args.method == '"
                        + name
                        + "' && @.tid "
                        + is
                        + " "
                        + tid
                        + ")].dur");
    }

    private static ObservedWork observed() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new SliceObservationHandler(context -> null));
        AspectJProxyFactory factory = new AspectJProxyFactory(new ObservedWork());
        factory.setProxyTargetClass(true);
        factory.addAspect(new ObservedAspect(registry));
        return factory.getProxy();
    }

    private String recorded(Runnable work) throws Exception {
        TracerSettings settings =
                TracerSettings.builder()
                        .signal("none")
                        .directory(directory)
                        .include(List.of(ObservedWork.class.getName()))
                        .build();
        try (Tracer tracer = JTracer.install(settings)) {
            tracer.start(RecordingRequest.builder("test").format("jtr").build());
            work.run();
            Path file = Path.of(tracer.stop().file());
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            TraceFormat.JSON.convert(file, json);
            return json.toString(UTF_8);
        }
    }
}
