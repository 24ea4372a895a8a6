package io.github.jtracer.core;

import io.github.jtracer.core.filter.NeverWoven;
import io.github.jtracer.core.filter.Pattern;

/** Says why there is nothing to trace. */
final class NothingMatches {
    private NothingMatches() {}

    static ProblemException problem(Settings settings, LiveRecording recording) {
        for (Pattern pattern : settings.include()) {
            if (pattern instanceof Pattern.Named named && NeverWoven.contains(named.className())) {
                return new ProblemException(
                        ProblemException.USAGE,
                        "'" + pattern.text() + "' is never woven: the probe itself stands on it.",
                        "Trace what calls it instead.");
            }
        }
        if (recording.report().skipped() > 0) {
            return new ProblemException(
                    ProblemException.FAILED,
                    "None of what matches "
                            + recording.scope()
                            + " can be woven: "
                            + String.join("; ", recording.report().firstSkipped())
                            + ".",
                    "Trace what calls it instead.");
        }
        if (recording.report().trivial() > 0) {
            return new ProblemException(
                    ProblemException.USAGE,
                    "All "
                            + recording.report().trivial()
                            + " methods that match ("
                            + recording.scope()
                            + ") are too small to matter.",
                    "Add --trivial to trace them too.");
        }
        return new ProblemException(
                ProblemException.USAGE,
                "No loaded method matches " + recording.scope() + ".",
                settings.include().isEmpty()
                        ? "Say what to trace, such as --include 'com.acme.**', or --include '**' for"
                                + " everything but the JDK."
                        : "Check the pattern's spelling; com.acme.** means com.acme and what is below"
                                + " it.");
    }
}
