package io.github.jtracer.core;

import io.github.jtracer.core.filter.NeverWoven;
import io.github.jtracer.core.filter.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Says why there is nothing to trace. */
final class NothingMatches {
    private NothingMatches() {}

    static ProblemException problem(Settings settings, LiveRecording recording) {
        for (Pattern pattern : settings.include()) {
            if (pattern instanceof Pattern.Named named && NeverWoven.contains(named.className())) {
                return new ProblemException(
                        ProblemException.USAGE,
                        "'"
                                + pattern.text()
                                + "' is never woven: it is jtracer's own, or the probe stands on it.",
                        "Trace what calls it instead.");
            }
        }
        int excludedClasses = recording.excludedClasses();
        if (recording.report().excluded() + excludedClasses > 0) {
            return excluded(settings, recording, excludedClasses);
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

    private static ProblemException excluded(
            Settings settings, LiveRecording recording, int classes) {
        int methods = recording.report().excluded();
        int trivial = recording.report().trivial();
        List<String> what = new ArrayList<>();
        if (classes > 0) {
            what.add(classes + (classes == 1 ? " class" : " classes"));
        }
        if (methods > 0) {
            what.add(methods + (methods == 1 ? " method" : " methods"));
        }
        return new ProblemException(
                ProblemException.USAGE,
                "Nothing is left of "
                        + recording.scope()
                        + ": exclude "
                        + String.join(", ", settings.exclude().stream().map(Pattern::text).toList())
                        + " leaves out "
                        + String.join(" and ", what)
                        + (trivial == 0 ? "" : ", and the other " + trivial + " are trivial")
                        + ".",
                "Exclude less" + (trivial == 0 ? "." : ", or add --trivial."));
    }
}
