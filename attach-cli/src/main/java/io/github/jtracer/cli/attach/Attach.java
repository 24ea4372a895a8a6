package io.github.jtracer.cli.attach;

import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Proc;
import java.time.Duration;

/** The JDK's attach mechanism, as far as it is needed: have a JVM load an agent. */
public interface Attach {
    /**
     * Has the JVM load a Java agent; returns when its {@code agentmain} has.
     *
     * @param jar the agent's path as the JVM sees it
     * @param arguments for the agent
     * @param limit how long to wait for the JVM to open its door
     * @throws Problem if the JVM does not answer, or refuses
     */
    void loadAgent(Jvm jvm, String jar, String arguments, Duration limit);

    /** One of the JVM's system properties, or an empty string. */
    String systemProperty(Jvm jvm, String name);

    /** The way in on this system. */
    static Attach onThisSystem() {
        return Proc.isThere() ? new HotSpotSocket() : new JdkAttach();
    }
}
