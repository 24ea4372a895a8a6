package io.github.jtracer.cli;

import java.io.Serial;

/**
 * Something that went wrong in a way a person can do something about: what happened, what to do.
 */
public final class Problem extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String what;
    private final String todo;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param what happened, one sentence
     * @param todo what to do about it, one sentence; may be empty
     */
    public Problem(int exitCode, String what, String todo) {
        super(what, null, false, false);
        this.exitCode = exitCode;
        this.what = what;
        this.todo = todo;
    }

    public int exitCode() {
        return exitCode;
    }

    public String what() {
        return what;
    }

    public String todo() {
        return todo;
    }
}
