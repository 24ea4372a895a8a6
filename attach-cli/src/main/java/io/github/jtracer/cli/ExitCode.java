package io.github.jtracer.cli;

/** What the command's exit status says. */
public final class ExitCode {
    /** Done; where something was to be saved, it is. */
    public static final int SAVED = 0;

    /** A mistake of jtracer's own. */
    public static final int BUG = 1;

    /** The command line asks for something that does not exist; nothing was touched. */
    public static final int USAGE = 2;

    /** There is no such JVM. */
    public static final int NO_SUCH_JVM = 3;

    /** The JVM is there and cannot or must not be attached to. */
    public static final int REFUSED = 4;

    /** The target died before its recording was saved. */
    public static final int TARGET_DIED = 5;

    /** The target is already recording, or holds a recording that nobody has fetched yet. */
    public static final int ALREADY_RECORDING = 6;

    /**
     * The output cannot be written; if that turned out late, the recording is kept in the target.
     */
    public static final int NOT_SAVED = 7;

    /** Left by Ctrl+C without saving. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
