package io.github.jtracer.core.own;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * What {@code jcmd} asks a JVM to do, asked from inside.
 *
 * <p>It goes around the platform's MBean server, which takes longer to start than all that is
 * asked. Internal, but in every JDK there is; a runtime image without the module {@code
 * jdk.management} does without.
 */
public final class DiagnosticCommands {
    private static final String MODULE = "jdk.management";
    private static final String PACKAGE = "com.sun.management.internal";

    private final Object bean;
    private final Method execute;

    private DiagnosticCommands(Object bean, Method execute) {
        this.bean = bean;
        this.execute = execute;
    }

    /** Opens the door to them for us alone; without it {@link #find} finds none. */
    public static void open(Instrumentation instrumentation) {
        Set<Module> us = Set.of(DiagnosticCommands.class.getModule());
        ModuleLayer.boot()
                .findModule(MODULE)
                .filter(instrumentation::isModifiableModule)
                .ifPresent(
                        management ->
                                instrumentation.redefineModule(
                                        management,
                                        Set.of(),
                                        Map.of(),
                                        Map.of(PACKAGE, us),
                                        Set.of(),
                                        Map.of()));
    }

    /** Null if this JVM has none. */
    public static DiagnosticCommands find() {
        try {
            // Loads the library that the commands are in.
            Class.forName(PACKAGE + ".PlatformMBeanProviderImpl");
            Class<?> type = Class.forName(PACKAGE + ".DiagnosticCommandImpl");
            Object jvm =
                    Class.forName("sun.management.ManagementFactoryHelper")
                            .getMethod("getVMManagement")
                            .invoke(null);
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Method execute = type.getDeclaredMethod("executeDiagnosticCommand", String.class);
            execute.setAccessible(true);
            return new DiagnosticCommands(constructor.newInstance(jvm), execute);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /**
     * @param command with its arguments, as {@code jcmd} takes it
     * @return what the JVM answers; nothing if it refuses
     */
    public String run(String command) {
        try {
            return (String) execute.invoke(bean, command);
        } catch (InvocationTargetException e) {
            return "";
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
