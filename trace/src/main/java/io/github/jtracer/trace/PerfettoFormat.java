package io.github.jtracer.trace;

/**
 * The fields of Perfetto's trace format that jtracer writes and reads, with the numbers that its
 * documentation gives them; and a few of jtracer's own, which others skip.
 */
public final class PerfettoFormat {
    public static final int TRACE_PACKET = 1;

    public static final int PACKET_CLOCK_SNAPSHOT = 6;
    public static final int PACKET_TIMESTAMP = 8;
    public static final int PACKET_SEQUENCE = 10;
    public static final int PACKET_TRACK_EVENT = 11;
    public static final int PACKET_INTERNED_DATA = 12;
    public static final int PACKET_SEQUENCE_FLAGS = 13;
    public static final int PACKET_COMPRESSED = 50;
    public static final int PACKET_TIMESTAMP_CLOCK = 58;
    public static final int PACKET_DEFAULTS = 59;
    public static final int PACKET_TRACK_DESCRIPTOR = 60;

    /** Own: what {@code jtracer_metadata} is in JSON. */
    public static final int PACKET_JTRACER = 18_800;

    public static final int SEQUENCE_CLEARED = 1;

    public static final int CLOCKS = 1;
    public static final int CLOCK_ID = 1;
    public static final int CLOCK_TIMESTAMP = 2;
    public static final int CLOCK_IS_INCREMENTAL = 3;
    public static final int CLOCK_REALTIME = 1;
    public static final int CLOCK_BOOTTIME = 6;

    /** The clocks of a sequence's own: timestamps count from the previous packet's. */
    public static final int FIRST_OWN_CLOCK = 64;

    public static final int LAST_OWN_CLOCK = 127;

    public static final int DEFAULTS_TRACK_EVENT = 11;
    public static final int DEFAULTS_TIMESTAMP_CLOCK = 58;

    public static final int INTERNED_CATEGORIES = 1;
    public static final int INTERNED_NAMES = 2;
    public static final int INTERNED_SOURCE_LOCATIONS = 4;
    public static final int INTERNED_IID = 1;
    public static final int INTERNED_TEXT = 2;
    public static final int SOURCE_FUNCTION = 3;
    public static final int SOURCE_LINE = 4;

    public static final int EVENT_CATEGORY_IID = 3;
    public static final int EVENT_ANNOTATION = 4;
    public static final int EVENT_TYPE = 9;
    public static final int EVENT_NAME_IID = 10;
    public static final int EVENT_TRACK = 11;
    public static final int EVENT_CATEGORY = 22;
    public static final int EVENT_NAME = 23;
    public static final int EVENT_COUNTER = 30;
    public static final int EVENT_REAL_COUNTER = 44;

    public static final int TYPE_BEGIN = 1;
    public static final int TYPE_END = 2;
    public static final int TYPE_INSTANT = 3;
    public static final int TYPE_COUNTER = 4;

    public static final int ANNOTATION_BOOL = 2;
    public static final int ANNOTATION_UINT = 3;
    public static final int ANNOTATION_INT = 4;
    public static final int ANNOTATION_TEXT = 6;
    public static final int ANNOTATION_NAME = 10;

    public static final int TRACK_UUID = 1;
    public static final int TRACK_NAME = 2;
    public static final int TRACK_PROCESS = 3;
    public static final int TRACK_THREAD = 4;
    public static final int TRACK_PARENT = 5;
    public static final int TRACK_COUNTER = 8;

    /** Our own: the track is not a thread's but a lane of asynchronous slices. */
    public static final int TRACK_JTRACER_LANE = 18_806;

    /** Own: the thread's id, of a virtual thread, which Perfetto's threads are not. */
    public static final int TRACK_JTRACER_TID = 18_801;

    /** Own: the pid of that thread, or of a counter's. */
    public static final int TRACK_JTRACER_PID = 18_802;

    public static final int TRACK_JTRACER_ENDED = 18_803;

    /** Own: the track of the thread whose deepest calls are on this one. */
    public static final int TRACK_JTRACER_CONTINUES = 18_804;

    public static final int PROCESS_PID = 1;
    public static final int PROCESS_NAME = 6;
    public static final int THREAD_PID = 1;
    public static final int THREAD_TID = 2;
    public static final int THREAD_NAME = 5;

    /** Processes' tracks are above all threads'. */
    public static final long PROCESS_UUID = 1L << 40;

    public static final long COUNTER_UUID = 1L << 41;

    private PerfettoFormat() {}
}
