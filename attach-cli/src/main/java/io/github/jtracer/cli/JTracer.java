package io.github.jtracer.cli;

import io.github.jtracer.cli.session.Installed;
import io.github.jtracer.cli.target.Jvm;
import io.github.jtracer.cli.target.Jvms;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command itself: {@code jtracer --attach <pid>} and its like. */
@Command(
        name = "jtracer",
        description = "Records every call of a running JVM as a timeline.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class JTracer implements Callable<Integer> {
    @ArgGroup private What what = new What();

    @Option(
            names = "--force",
            description =
                    "With --uninstall: also while somebody records, or before it is saved; it is lost.")
    private boolean force;

    @Option(
            names = "--recoverable",
            description =
                    "With --attach: have the recording in a file beside the output, so that it"
                            + " survives when the JVM is killed with -9.")
    private boolean recoverable;

    @Mixin private RecordingOptions recording = new RecordingOptions();
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ScreenOptions screenOptions = new ScreenOptions();

    /** One of these, or none. */
    static final class What {
        @Option(
                names = "--attach",
                paramLabel = "JVM",
                converter = TargetName.Converter.class,
                description =
                        "Record this JVM (pid or a part of its name): weave probes into it, take"
                                + " them out again, save. Repeatable.")
        private List<TargetName> attach = List.of();

        @Option(
                names = {"--attach-installed", "--attach_installed"},
                paramLabel = "JVM",
                converter = TargetName.Converter.class,
                description =
                        "Record a JVM that installed the tracer, by its signal alone and with its"
                                + " own settings.")
        private @Nullable TargetName attachInstalled;

        @Option(
                names = "--uninstall",
                paramLabel = "JVM",
                converter = TargetName.Converter.class,
                description = "Stop whatever was left on in this JVM, and remove everything.")
        private @Nullable TargetName uninstall;
    }

    @Override
    public Integer call() throws IOException {
        Screen screen = screenOptions.screen();
        if (what.uninstall != null) {
            return new Uninstall(screen).of(what.uninstall.pid(), force);
        }
        if (what.attachInstalled != null) {
            recording.refuseAllButSeconds();
            if (recoverable) {
                throw new Problem(
                        ExitCode.USAGE,
                        "With --attach-installed the target itself saves: --recoverable would have no"
                                + " effect.",
                        "Leave it out, or use `jtracer --attach`.");
            }
            Jvm jvm = Jvms.existing(what.attachInstalled.pid());
            new Installed(jvm, output.asked(jvm), screen).record(recording.millis());
            return ExitCode.SAVED;
        }
        Map<String, String> options = recording.fields();
        List<Jvm> jvms =
                what.attach.isEmpty()
                        ? new Choosing(screen).ask().map(List::of).orElse(List.of())
                        : what.attach.stream()
                                .mapToLong(TargetName::pid)
                                .distinct()
                                .mapToObj(Jvms::attachable)
                                .toList();
        return jvms.isEmpty()
                ? ExitCode.SAVED
                : new Attaching(options, recoverable, output, screen).to(jvms);
    }
}
