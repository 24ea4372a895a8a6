package io.github.jtracer.core.filter;

import java.util.List;
import java.util.Set;

/**
 * The classes that are never woven, whatever is asked: those that the probe stands on (it would
 * call itself without end), those that HotSpot or the weaving itself depends on, and all else that
 * is jtracer's: {@code --include '**'} is to show the application.
 */
public final class NeverWoven {
    private static final List<String> PREFIXES =
            List.of(
                    "java.lang.JTracer",
                    "io.github.jtracer.core.",
                    "io.github.jtracer.agent.",
                    "io.github.jtracer.trace.",
                    "io.github.jtracer.shaded.",
                    "java.lang.ThreadLocal",
                    "java.lang.invoke.",
                    "java.lang.foreign.",
                    "java.lang.instrument.",
                    "java.lang.ref.",
                    "java.lang.reflect.",
                    "java.lang.classfile.",
                    "java.lang.StringLatin1",
                    "java.lang.StringUTF16",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.atomic.",
                    "jdk.internal.",
                    "jdk.jfr.",
                    "sun.instrument.",
                    "sun.invoke.");

    private static final Set<String> NAMES =
            Set.of(
                    "java.lang.Object",
                    "java.lang.Record",
                    "java.lang.Class",
                    "java.lang.ClassLoader",
                    "java.lang.Module",
                    "java.lang.Number",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Math",
                    "java.lang.String",
                    "java.lang.System",
                    "java.lang.Thread",
                    "java.lang.VirtualThread",
                    "java.lang.BaseVirtualThread",
                    "java.lang.ThreadBuilders",
                    "java.lang.Throwable",
                    "java.lang.Runtime$Version",
                    "java.util.Objects",
                    "java.util.Optional");

    /** What of ours the application may have: {@code jtracer-api} and the starter. */
    private static final Set<String> PACKAGES =
            Set.of("io.github.jtracer", "io.github.jtracer.spring");

    private NeverWoven() {}

    public static boolean contains(String className) {
        // With all that is nested: the JDK's inner doors to java.lang are System's.
        int nested = className.indexOf('$');
        if (NAMES.contains(nested < 0 ? className : className.substring(0, nested))) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return className.startsWith("io.github.jtracer.")
                && PACKAGES.contains(className.substring(0, className.lastIndexOf('.')));
    }
}
