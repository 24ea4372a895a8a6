package io.github.jtracer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class EventDeflaterTest {
    private final byte[] batch = new byte[1 << 18];
    private final EventDeflater deflater = new EventDeflater(batch);
    private final Random random = new Random(5);

    @Test
    void writesWhatTheJdkInflates() throws Exception {
        for (int round = 0; round < 20; round++) {
            int size = 0;
            while (size < batch.length - 600) {
                if (random.nextInt(50) > 0) {
                    size = event(size);
                } else {
                    size = other(size, random.nextInt(500));
                }
            }
            assertThat(inflated(deflater.finish(size), size)).isEqualTo(Arrays.copyOf(batch, size));
            deflater.begin();
        }
    }

    @Test
    void refersBackOverAWholeWindowButNotFarther() throws Exception {
        for (int gap : new int[] {32_700, 32_768 - 12, 32_768 - 11, 32_768, 40_000, 200_000}) {
            int size = other(event(0, 1, 0), gap);
            size = event(size, 1, 0);
            assertThat(inflated(deflater.finish(size), size)).isEqualTo(Arrays.copyOf(batch, size));
            deflater.begin();
        }
    }

    @Test
    void writesAnEmptyStream() throws Exception {
        assertThat(inflated(deflater.finish(0), 0)).isEmpty();
    }

    private int event(int from) {
        return event(from, 1 + random.nextInt(2), random.nextInt(20));
    }

    private int event(int from, int type, int rest) {
        byte[] prefix = {0x0A, (byte) (7 + rest), 0x50, 1, 0x5A, (byte) (rest & 3), 0x48, 0, 0x50};
        prefix[7] = (byte) type;
        System.arraycopy(prefix, 0, batch, from, prefix.length);
        int to = from + prefix.length + rest;
        for (int i = from + prefix.length; i < to; i++) {
            batch[i] = (byte) random.nextInt();
        }
        deflater.event(from, to);
        return to;
    }

    private int other(int from, int length) {
        for (int i = from; i < from + length; i++) {
            batch[i] = (byte) random.nextInt();
        }
        deflater.literal(from, from + length);
        return from + length;
    }

    private byte[] inflated(int length, int expected) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(deflater.stream(), 0, length);
        byte[] plain = new byte[expected + 10];
        int size = inflater.inflate(plain);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        return Arrays.copyOf(plain, size);
    }
}
