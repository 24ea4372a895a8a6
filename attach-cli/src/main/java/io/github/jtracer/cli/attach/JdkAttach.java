package io.github.jtracer.cli.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.github.jtracer.cli.ExitCode;
import io.github.jtracer.cli.Problem;
import io.github.jtracer.cli.target.Jvm;
import java.io.IOException;
import java.time.Duration;

/** The way in through {@code jdk.attach}, where the system is not Linux. */
final class JdkAttach implements Attach {
    @Override
    public String systemProperty(Jvm jvm, String name) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            try {
                return machine.getSystemProperties().getProperty(name, "");
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            return "";
        }
    }

    @Override
    public void loadAgent(Jvm jvm, String jar, String arguments, Duration limit) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
            try {
                machine.loadAgent(jar, arguments);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException
                | AgentLoadException
                | AgentInitializationException
                | IOException e) {
            throw new Problem(
                    ExitCode.REFUSED,
                    "JVM " + jvm.describe() + " cannot be attached to: " + e.getMessage() + ".",
                    "Start it with -javaagent:jtracer-agent.jar instead.");
        }
    }
}
