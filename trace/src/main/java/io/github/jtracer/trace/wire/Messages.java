package io.github.jtracer.trace.wire;

/**
 * The types of messages, in the order of a session.
 *
 * <p>The command listens on a Unix socket, loads the agent with {@code connect=<path>}, and the
 * agent connects and says {@link #HELLO}. The command then asks for one thing. While a recording
 * that the command started runs, the connection is its lease: when it ends, the agent stops,
 * unweaves and keeps what was recorded.
 */
public final class Messages {
    /**
     * Agent: here I am. {@code version pid main jvm javaVersion}, {@code state} ({@code fresh}:
     * nothing was here before; {@code installed}; {@code recording}; {@code kept}: installed, and
     * an earlier recording waits to be fetched), {@code startedBy since} (ISO instant) of the
     * running or kept recording, {@code settings} of an installed tracer.
     */
    public static final String HELLO = "hello";

    /**
     * Command: start. Fields are agent arguments ({@code include}, {@code exclude} with one pattern
     * a line, {@code minDuration maxDepth trivial logArgs logReturn buffer bufferFull clock seconds
     * startedBy}); those not sent keep the installed tracer's settings or the defaults. Answer:
     * {@link #WOVEN}, then {@link #PROGRESS} twice a second, then {@link #STOPPED}; or {@link
     * #ERROR}.
     */
    public static final String START = "start";

    /** Command: describe yourself. Answer: {@link #STATUS}. */
    public static final String STATUS = "status";

    /**
     * Command: stop what is running. Answer: {@link #STOPPED}, {@link #RECORDING}; or {@link
     * #ERROR}.
     */
    public static final String STOP = "stop";

    /** Command: give me what was kept. Answer as to {@link #STOP}. */
    public static final String SAVE = "save";

    /** Command: stop, remove everything; what was recorded is dropped. Answer: {@link #DONE}. */
    public static final String UNINSTALL = "uninstall";

    /**
     * Agent: the probes are in. {@code scope} (what is included, for people), {@code classes
     * methods trivial skipped millis pauseMillis} (longest single pause, -1 unknown) {@code
     * pauses}, {@code postponed} (classes that nobody has used yet and that are woven while it
     * records), {@code details} (where the time went and what was skipped and why, a line each).
     */
    public static final String WOVEN = "woven";

    /** Agent: {@code millis} since the probes are in, {@code calls threads lost}. */
    public static final String PROGRESS = "progress";

    /**
     * Agent: stopped, probes removed. {@code reason} ({@code command}, {@code time}, {@code exit}:
     * the target is ending), {@code calls threads lost millis}, {@code late} (how many classes were
     * used before they were woven), {@code lateNames} (some of them, a line each), {@code details}
     * (what was skipped since {@link #WOVEN} and why, a line each). A {@link #RECORDING} follows at
     * once.
     */
    public static final String STOPPED = "stopped";

    /**
     * Agent: right behind this message comes the raw recording (RecordingFormat), up to its END.
     */
    public static final String RECORDING = "recording";

    /** Command: the recording is safe; forget it. Answer: {@link #DONE}. */
    public static final String SAVED = "saved";

    /** Command: could not save; keep the recording for another try. Answer: {@link #DONE}. */
    public static final String KEEP = "keep";

    /** Agent: finished. {@code uninstalled} is {@code true} where nothing is left behind. */
    public static final String DONE = "done";

    /**
     * Agent: could not. {@code code} ({@code usage recording nothing refused failed}), {@code what}
     * happened and what {@code todo}, a sentence each.
     */
    public static final String ERROR = "error";

    private Messages() {}
}
