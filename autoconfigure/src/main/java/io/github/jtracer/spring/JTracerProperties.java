package io.github.jtracer.spring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the tracer.
 *
 * @param enabled Whether to install the tracer.
 * @param signal Signal that starts a recording and, sent again, stops and saves it. Use "none" for
 *     no signal. SIGUSR2 is refused because the JVM needs it.
 * @param directory Directory that traces are written to, and nothing is written outside of it. By
 *     default, a directory of the application's own in the temporary directory.
 * @param include Patterns of what to trace, such as "com.acme.**", in addition to the application's
 *     own base packages.
 * @param exclude Patterns of what not to trace, such as "com.acme.Noise" or
 *     "com.acme.Order::getId".
 * @param includeProxies Whether to trace the proxies that Spring, Hibernate and the JDK generate.
 * @param minDuration Calls that are shorter are left out of the trace. Without a unit,
 *     microseconds.
 * @param maxDepth Calls that are nested deeper are left out of the trace. Use 0 for no limit.
 * @param buffer Size of the buffer, outside of the Java heap. It exists only while recording.
 * @param timeLimit Longest time that a recording lasts when the endpoint or the signal started it.
 *     Use 0 for no limit. Without a unit, seconds.
 * @param keepFiles Number of traces to keep; the oldest are deleted. Use 0 to keep all.
 */
@ConfigurationProperties("jtracer")
public record JTracerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("USR1") String signal,
        @Nullable String directory,
        @DefaultValue List<String> include,
        @DefaultValue List<String> exclude,
        @DefaultValue("false") boolean includeProxies,
        @DefaultValue("0") @DurationUnit(ChronoUnit.MICROS) Duration minDuration,
        @DefaultValue("0") int maxDepth,
        @DefaultValue("64MB") DataSize buffer,
        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration timeLimit,
        @DefaultValue("10") int keepFiles) {}
