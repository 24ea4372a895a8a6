package io.github.jtracer.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/** Configuration properties of the tracer. */
@ConfigurationProperties("jtracer")
public class JTracerProperties {
    /** Whether to install the tracer. */
    private boolean enabled = true;

    /**
     * Signal that starts a recording and, sent again, stops and saves it. Use "none" for no signal.
     * SIGUSR2 is refused because the JVM needs it.
     */
    private String signal = "USR1";

    /**
     * Directory that traces are written to, and nothing is written outside of it. By default, a
     * directory of the user's own in the temporary directory.
     */
    private @Nullable Path directory;

    /**
     * Patterns of what to trace, such as "com.acme.**", in addition to the application's own base
     * packages.
     */
    private List<String> include = new ArrayList<>();

    /** Patterns of what not to trace, such as "com.acme.Noise" or "com.acme.Order::getId". */
    private List<String> exclude = new ArrayList<>();

    /** Whether to trace the proxies that Spring, Hibernate and the JDK generate. */
    private boolean includeProxies;

    /** Calls that are shorter are left out of the trace. Without a unit, microseconds. */
    @DurationUnit(ChronoUnit.MICROS)
    private Duration minDuration = Duration.ZERO;

    /** Calls that are nested deeper are left out of the trace. Use 0 for no limit. */
    private int maxDepth;

    /** Size of the buffer, outside of the Java heap. It exists only while recording. */
    private DataSize buffer = DataSize.ofMegabytes(64);

    /**
     * Longest time that a recording lasts when the endpoint or the signal started it. Use 0 for no
     * limit. Without a unit, seconds.
     */
    @DurationUnit(ChronoUnit.SECONDS)
    private Duration timeLimit = Duration.ofSeconds(60);

    /** Number of traces to keep; the oldest are deleted. Use 0 to keep all. */
    private int keepFiles = 10;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getSignal() {
        return signal;
    }

    public void setSignal(String signal) {
        this.signal = signal;
    }

    public @Nullable Path getDirectory() {
        return directory;
    }

    public void setDirectory(@Nullable Path directory) {
        this.directory = directory;
    }

    public List<String> getInclude() {
        return include;
    }

    public void setInclude(List<String> include) {
        this.include = include;
    }

    public List<String> getExclude() {
        return exclude;
    }

    public void setExclude(List<String> exclude) {
        this.exclude = exclude;
    }

    public boolean isIncludeProxies() {
        return includeProxies;
    }

    public void setIncludeProxies(boolean includeProxies) {
        this.includeProxies = includeProxies;
    }

    public Duration getMinDuration() {
        return minDuration;
    }

    public void setMinDuration(Duration minDuration) {
        this.minDuration = minDuration;
    }

    public int getMaxDepth() {
        return maxDepth;
    }

    public void setMaxDepth(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    public DataSize getBuffer() {
        return buffer;
    }

    public void setBuffer(DataSize buffer) {
        this.buffer = buffer;
    }

    public Duration getTimeLimit() {
        return timeLimit;
    }

    public void setTimeLimit(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    public int getKeepFiles() {
        return keepFiles;
    }

    public void setKeepFiles(int keepFiles) {
        this.keepFiles = keepFiles;
    }
}
