package io.github.jtracer.trace;

/** What a carrier recorded and is not in its chunks. */
record Loss(long overwrittenEntries, long overwrittenExits, long noRoomEntries, long noRoomExits) {
    static final Loss NONE = new Loss(0, 0, 0, 0);

    long entries() {
        return overwrittenEntries + noRoomEntries;
    }

    long events() {
        return entries() + overwrittenExits + noRoomExits;
    }

    Loss plus(Loss other) {
        return new Loss(
                overwrittenEntries + other.overwrittenEntries,
                overwrittenExits + other.overwrittenExits,
                noRoomEntries + other.noRoomEntries,
                noRoomExits + other.noRoomExits);
    }
}
