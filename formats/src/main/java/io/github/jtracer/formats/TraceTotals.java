package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonParser;
import io.github.jtracer.trace.Totals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How much a trace file holds and lost, as its writer counted it. */
public final class TraceTotals {
    /** In the JSON this stands behind all events, so that gigabytes need not be read for it. */
    private static final byte[] COUNTS = "\"counts\":".getBytes(StandardCharsets.US_ASCII);

    /** Behind it there are only the methods' source files and lines. */
    private static final int TAIL_BYTES = 16 << 20;

    private TraceTotals() {}

    /**
     * @throws IOException if the file is none that jtracer can read
     */
    public static Totals of(Path file) throws IOException {
        if (file.toString().endsWith(".json")) {
            byte[] tail = tail(file);
            int at = lastIndexOf(tail, COUNTS);
            if (at >= 0) {
                return parse(tail, at + COUNTS.length);
            }
        }
        try (Trace trace = Trace.open(file)) {
            Summary summary = new Summary();
            trace.replay(summary);
            return summary.totals;
        }
    }

    private static Totals parse(byte[] tail, int at) throws IOException {
        try (JsonParser json = Json.FACTORY.createParser(tail, at, tail.length - at)) {
            Metadata metadata = new Metadata();
            json.nextToken();
            metadata.readCounts(json);
            return metadata.totals();
        }
    }

    private static byte[] tail(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            int length = (int) Math.min(TAIL_BYTES, channel.size());
            ByteBuffer tail = ByteBuffer.allocate(length);
            channel.position(channel.size() - length);
            while (tail.hasRemaining() && channel.read(tail) >= 0) {
                // more
            }
            return tail.array();
        }
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int at = bytes.length - wanted.length; at >= 0; at--) {
            int matching = 0;
            while (matching < wanted.length && bytes[at + matching] == wanted[matching]) {
                matching++;
            }
            if (matching == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
