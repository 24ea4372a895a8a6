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
        Path directory = properties.getDirectory();
        return new TracerSettings(
                properties.getSignal(),
                directory == null ? TracerSettings.defaults().directory() : directory,
                include(properties, basePackages),
                exclude(properties),
                properties.getMinDuration(),
                Math.max(0, properties.getMaxDepth()),
                Math.max(0, properties.getBuffer().toBytes()),
                properties.getTimeLimit(),
                Math.max(0, properties.getKeepFiles()));
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
        include.addAll(properties.getInclude());
        return include;
    }

    private static List<String> exclude(JTracerProperties properties) {
        List<String> exclude = new ArrayList<>(properties.getExclude());
        if (!properties.isIncludeProxies()) {
            exclude.addAll(PROXIES);
        }
        return exclude;
    }
}
