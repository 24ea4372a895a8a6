package io.github.jtracer.formats;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/**
 * Writes packets, many of them compressed together as one, as Perfetto itself does it: an event
 * takes some 12 bytes plain, and 2 or 3 like this.
 */
final class PacketStream {
    private static final int BATCH_BYTES = 1 << 18;
    private static final int LARGEST_SMALL_PACKET = 1 << 10;

    private final CodedOutputStream out;
    private final byte[] batch = new byte[BATCH_BYTES];
    private final byte[] compressed = new byte[BATCH_BYTES + (BATCH_BYTES >> 3)];
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private CodedOutputStream packets = CodedOutputStream.newInstance(batch);

    PacketStream(OutputStream out) {
        this.out = CodedOutputStream.newInstance(out, 1 << 16);
    }

    /** Where to put the next packet, with its tag and length, if it is a small one. */
    CodedOutputStream next() throws IOException {
        if (packets.spaceLeft() < LARGEST_SMALL_PACKET) {
            writeBatch();
        }
        return packets;
    }

    void packet(ProtoMessage packet) throws IOException {
        byte[] bytes = packet.toBytes();
        if (bytes.length < LARGEST_SMALL_PACKET - 16) {
            next().writeByteArray(PerfettoFormat.TRACE_PACKET, bytes);
            return;
        }
        writeBatch();
        out.writeByteArray(PerfettoFormat.TRACE_PACKET, bytes);
    }

    void finish() throws IOException {
        writeBatch();
        deflater.end();
        out.flush();
    }

    private void writeBatch() throws IOException {
        int size = packets.getTotalBytesWritten();
        if (size == 0) {
            return;
        }
        deflater.reset();
        deflater.setInput(batch, 0, size);
        deflater.finish();
        int length = deflater.deflate(compressed);
        int field = CodedOutputStream.computeTagSize(PerfettoFormat.PACKET_COMPRESSED);
        int packet = field + CodedOutputStream.computeUInt32SizeNoTag(length) + length;
        out.writeTag(PerfettoFormat.TRACE_PACKET, 2);
        out.writeUInt32NoTag(packet);
        out.writeTag(PerfettoFormat.PACKET_COMPRESSED, 2);
        out.writeUInt32NoTag(length);
        out.writeRawBytes(compressed, 0, length);
        packets = CodedOutputStream.newInstance(batch);
    }
}
