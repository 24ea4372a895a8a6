package io.github.jtracer.formats;

/** Counts durations in buckets that are at most a 32nd wide, so percentiles are 3 % exact. */
final class Histogram {
    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;

    private final int[][] counts = new int[Long.SIZE - SUB_BITS + 1][];

    void add(long nanos) {
        int exponent = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos | 1));
        int[] row = counts[exponent];
        if (row == null) {
            row = new int[2 * SUB];
            counts[exponent] = row;
        }
        row[(int) (nanos >>> exponent)]++;
    }

    /** The duration that this share of all does not exceed; the middle of its bucket. */
    long percentile(double share, long count) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int exponent = 0; exponent < counts.length; exponent++) {
            if (counts[exponent] == null) {
                continue;
            }
            for (int i = 0; i < 2 * SUB; i++) {
                seen += counts[exponent][i];
                if (seen >= rank) {
                    return ((long) i << exponent) + ((1L << exponent) >> 1);
                }
            }
        }
        return 0;
    }
}
