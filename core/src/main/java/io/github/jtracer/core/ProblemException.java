package io.github.jtracer.core;

/** Something that a person can put right: what happened, and what to do, a sentence each. */
public final class ProblemException extends RuntimeException {
    /** An option's value is not allowed, or fits nothing. */
    public static final String USAGE = "usage";

    /** A recording runs already. */
    public static final String RECORDING = "recording";

    /** There is nothing to stop or to save. */
    public static final String NOTHING = "nothing";

    /** This JVM does not allow what is needed. */
    public static final String REFUSED = "refused";

    /** Anything else. */
    public static final String FAILED = "failed";

    private static final long serialVersionUID = 1;

    private final String code;
    private final String todo;

    public ProblemException(String code, String what, String todo) {
        super(what);
        this.code = code;
        this.todo = todo;
    }

    public String code() {
        return code;
    }

    public String todo() {
        return todo;
    }
}
