package io.github.jtracer.spring;

import io.github.jtracer.TracerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the tracer's settings from the properties and what Boot knows of the application. */
final class TracerSettingsFactory {
    /** Generated classes that stand between caller and callee and say nothing of their own. */
    static final List<String> PROXIES =
            List.of(
                    "**$$SpringCGLIB$$**",
                    "**$$EnhancerBySpringCGLIB$$**",
                    "**$$FastClassBySpringCGLIB$$**",
                    "**$HibernateProxy**",
                    "**$HibernateInstantiator**",
                    "**$HibernateAccessOptimizer**",
                    "**$Proxy*",
                    "**_$$_javassist**");

    /** Where a call leaves for another thread, and arrives there. */
    static final List<String> LANDMARKS =
            List.of("org.springframework.aop.interceptor.AsyncExecutionInterceptor::*invoke*");

    private TracerSettingsFactory() {}

    /**
     * @param basePackages the application's own, as Boot knows them; empty: the agent finds out
     *     what is the application's own
     */
    static TracerSettings create(JTracerProperties properties, List<String> basePackages) {
        PropertyChecks.check(properties);
        TracerSettings.Builder settings =
                TracerSettings.builder()
                        .signal(properties.signal())
                        .include(include(properties, basePackages))
                        .exclude(exclude(properties))
                        .minDuration(properties.minDuration())
                        .maxDepth(properties.maxDepth())
                        .bufferBytes(properties.buffer().toBytes())
                        .timeLimit(properties.timeLimit())
                        .keepFiles(properties.keepFiles());
        // A Path would be looked for on the class path first, by Spring's editor for it.
        String directory = properties.directory();
        if (directory != null && !directory.isBlank()) {
            settings.directory(Path.of(directory));
        }
        return settings.build();
    }

    private static List<String> include(JTracerProperties properties, List<String> basePackages) {
        List<String> include = new ArrayList<>();
        for (String basePackage : basePackages) {
            if (!basePackage.isEmpty()) {
                include.add(basePackage + ".**");
            }
        }
        if (!include.isEmpty()) {
            include.addAll(LANDMARKS);
        }
        include.addAll(properties.include());
        return include;
    }

    private static List<String> exclude(JTracerProperties properties) {
        List<String> exclude = new ArrayList<>(properties.exclude());
        if (!properties.includeProxies()) {
            exclude.addAll(PROXIES);
        }
        return exclude;
    }
}
