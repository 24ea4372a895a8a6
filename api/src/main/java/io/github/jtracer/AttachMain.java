package io.github.jtracer;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/**
 * Loads an agent into a JVM through the JDK's own attach mechanism; runs as a process of its own,
 * with nothing but the JDK.
 */
final class AttachMain {
    private AttachMain() {}

    /** Arguments: process id, the agent's jar, the agent's arguments. Says what failed. */
    public static void main(String[] args) {
        try {
            load(args[0], args[1], args[2]);
        } catch (Exception | LinkageError e) {
            System.out.println(e.getMessage() == null ? e.toString() : e.getMessage());
            System.exit(1);
        }
    }

    private static void load(String pid, String jar, String arguments)
            throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(pid);
        try {
            machine.loadAgent(jar, arguments);
        } catch (com.sun.tools.attach.AgentLoadException
                | com.sun.tools.attach.AgentInitializationException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            machine.detach();
        }
    }
}
