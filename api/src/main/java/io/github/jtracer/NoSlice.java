package io.github.jtracer;

/** The slice that there is while nothing records. */
enum NoSlice implements Slice {
    INSTANCE;

    @Override
    public Slice put(String key, Object value) {
        return this;
    }

    @Override
    public Slice rename(String name) {
        return this;
    }

    @Override
    public void close() {
        // nothing was begun
    }
}
