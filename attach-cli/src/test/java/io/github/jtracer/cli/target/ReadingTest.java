package io.github.jtracer.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final String STATUS =
            """
            Name:	java
            State:	T (stopped)
            Pid:	4711
            Uid:	1000	1001	1000	1000
            Gid:	100	101	100	100
            NSpid:	4711	12	1
            SigCgt:	2000000181005ccf
            """;

    @Test
    void aStatusTellsTheInnermostPidAndTheEffectiveUser() {
        ProcStatus status = ProcStatus.parse(STATUS);
        assertThat(status.namespacePid()).isEqualTo(1);
        assertThat(status.uid()).isEqualTo(1001);
        assertThat(status.gid()).isEqualTo(101);
        assertThat(status.isStopped()).isTrue();
        assertThat(status.hasEnded()).isFalse();
    }

    @Test
    void aStatusTellsWhichSignalsAreHandled() {
        ProcStatus status = ProcStatus.parse(STATUS);
        assertThat(status.catches(ProcStatus.SIGQUIT)).isTrue();
        assertThat(status.catches(ProcStatus.SIGUSR1)).isFalse();
        assertThat(ProcStatus.parse(STATUS.replace("5ccf", "5ecf")).catches(ProcStatus.SIGUSR1))
                .isTrue();
    }

    @Test
    void aNameIsTheMainClassOrTheJar() {
        assertThat(main("java", "-cp", "x", "-Da=b", "com.acme.Shop", "a", "b"))
                .isEqualTo("com.acme.Shop");
        assertThat(main("/opt/jdk/bin/java", "-Xmx1g", "-jar", "/srv/my shop.jar", "--port=1"))
                .isEqualTo("/srv/my shop.jar");
        assertThat(main("java", "--module-path", "m", "-m", "acme/com.acme.Main"))
                .isEqualTo("acme/com.acme.Main");
        assertThat(main("java", "@options")).isEqualTo("told.by.TheJvm");
        assertThat(main("/usr/bin/app", "--flag")).isEqualTo("told.by.TheJvm");
    }

    @Test
    void theLastOptionCounts() {
        assertThat(
                        CommandLine.vmOptions(
                                PerfData.empty(),
                                List.of("java", "-XX:+DisableAttachMechanism"),
                                List.of("JAVA_TOOL_OPTIONS=-XX:-A -XX:-B", "_JAVA_OPTIONS=-XX:+C")))
                .containsExactly(
                        "-XX:-A", "-XX:-B", "java", "-XX:+DisableAttachMechanism", "-XX:+C");
    }

    private static String main(String... commandLine) {
        return CommandLine.main("told.by.TheJvm with arguments", List.of(commandLine), "java");
    }

    @Test
    void aUserIsKnownInANamespaceWhoseMapHasHim() {
        assertThat(Namespaces.contains("         0          0          1", 0)).isTrue();
        assertThat(Namespaces.contains("0 1000 1", 0)).isFalse();
        assertThat(Namespaces.contains("1 100000 65536", 165535)).isTrue();
        assertThat(Namespaces.contains("1 100000 65536", 165536)).isFalse();
        assertThat(Namespaces.contains("0 0 4294967295", 65534)).isTrue();
    }
}
