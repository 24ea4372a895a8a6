package io.github.jtracer;

/** A slice of the application's own on the timeline; ends when it is closed. */
public sealed interface Slice extends AutoCloseable permits NoSlice, RecordedSlice, AsyncSlice {
    /** Adds an argument, shown with the slice; its text is the value's {@code toString()}. */
    Slice put(String key, Object value);

    /** Gives the slice another name, for what is known only while it runs. */
    Slice rename(String name);

    @Override
    void close();
}
