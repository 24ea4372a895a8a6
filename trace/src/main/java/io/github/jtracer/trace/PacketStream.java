package io.github.jtracer.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * Writes packets, many of them compressed together as one, as Perfetto itself does it: an event
 * takes some 12 bytes plain.
 */
final class PacketStream {
    private static final int BATCH_BYTES = 1 << 18;
    private static final int LARGEST_SMALL_PACKET = 1 << 10;

    /** Of a batch's bytes, this part may be other packets than events, or zlib does it. */
    private static final int OTHERS = 4;

    private final OutputStream out;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    /** Packets that are not written yet, each with its tag and length. */
    final byte[] batch = new byte[BATCH_BYTES];

    private final EventDeflater events = new EventDeflater(batch);
    private final byte[] compressed = new byte[BATCH_BYTES + (BATCH_BYTES >> 3)];
    private int size;
    private int others;

    PacketStream(OutputStream out) {
        this.out = out;
    }

    /** Where in the batch to put the packet of an event. */
    int next() throws IOException {
        if (BATCH_BYTES - size < LARGEST_SMALL_PACKET) {
            writeBatch();
        }
        return size;
    }

    /** The packet of an event was put there, and ends here. */
    void event(int end) {
        events.event(size, end);
        size = end;
    }

    void packet(ProtoMessage packet) throws IOException {
        ProtoMessage framed =
                new ProtoMessage().part(PerfettoFormat.TRACE_PACKET, packet.bytes(), packet.size());
        if (framed.size() > LARGEST_SMALL_PACKET) {
            writeBatch();
            out.write(framed.bytes(), 0, framed.size());
            return;
        }
        int from = next();
        System.arraycopy(framed.bytes(), 0, batch, from, framed.size());
        size = from + framed.size();
        others += framed.size();
        events.literal(from, size);
    }

    void finish() throws IOException {
        writeBatch();
        deflater.end();
        out.flush();
    }

    private void writeBatch() throws IOException {
        if (size == 0) {
            return;
        }
        if (others < size / OTHERS) {
            writeCompressed(events.stream(), events.finish(size));
        } else {
            deflater.reset();
            deflater.setInput(batch, 0, size);
            deflater.finish();
            writeCompressed(compressed, deflater.deflate(compressed));
        }
        events.begin();
        size = 0;
        others = 0;
    }

    private void writeCompressed(byte[] stream, int length) throws IOException {
        ProtoMessage packet =
                new ProtoMessage().part(PerfettoFormat.PACKET_COMPRESSED, stream, length);
        ProtoMessage framed =
                new ProtoMessage().part(PerfettoFormat.TRACE_PACKET, packet.bytes(), packet.size());
        out.write(framed.bytes(), 0, framed.size());
    }
}
