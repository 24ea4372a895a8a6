package io.github.jtracer.core.filter;

import java.security.ProtectionDomain;

/**
 * What is known of a class before its bytes are looked at.
 *
 * @param name with dots
 * @param module the class's module
 * @param loader null for the boot loader's
 * @param domain null where the class has none
 */
public record ClassFacts(String name, Module module, ClassLoader loader, ProtectionDomain domain) {

    public static ClassFacts of(Class<?> type) {
        return new ClassFacts(
                type.getName(),
                type.getModule(),
                type.getClassLoader(),
                type.getProtectionDomain());
    }

    /** Whether it comes with the JDK. */
    public boolean jdk() {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return true;
        }
        String moduleName = module == null ? null : module.getName();
        return moduleName != null
                && module.getLayer() == ModuleLayer.boot()
                && (moduleName.startsWith("java.") || moduleName.startsWith("jdk."));
    }

    /** A proxy or accessor that a library made at run time: noise, unless it is asked for. */
    boolean generated() {
        return generated(name);
    }

    static boolean generated(String name) {
        if (name.indexOf('$') < 0) {
            return false;
        }
        return name.contains("$$")
                || name.contains("$Proxy")
                || name.contains("$HibernateProxy$")
                || name.contains("$ByteBuddy$")
                || name.contains("$MockitoMock$")
                || name.contains("_$$_");
    }
}
