package io.github.jtracer.formats;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Sorts a tape of events that need not fit into memory: pieces first, then all pieces at once. */
final class EventSort {
    private static final int PIECE = 1 << 16;
    private static final int CURSOR = 1 << 9;

    private EventSort() {}

    /** A position in a sorted piece. */
    private static final class Cursor {
        final long piece;
        long next;
        final long end;
        long[] block = new long[CURSOR * Tape.FIELDS];
        int at;
        int size;

        Cursor(long piece, long end) {
            this.piece = piece;
            this.next = piece;
            this.end = end;
        }

        boolean advance(Tape tape) throws IOException {
            at += Tape.FIELDS;
            if (at < size) {
                return true;
            }
            size = (int) Math.min(end - next, tape.read(next, block)) * Tape.FIELDS;
            next += size / Tape.FIELDS;
            at = 0;
            return size > 0;
        }
    }

    /**
     * By thread and begin, the longer first; of equals the later first, because callers come after
     * what they call in the files of all tracers that write at the end of a call.
     */
    static Tape byBegin(Tape tape) throws IOException {
        Tape sorted = new Tape();
        try (Tape pieces = sortedPieces(tape)) {
            PriorityQueue<Cursor> queue =
                    new PriorityQueue<>(
                            (x, y) -> {
                                int order = compare(x.block, x.at, y.block, y.at);
                                return order != 0 ? order : Long.compare(y.piece, x.piece);
                            });
            for (long at = 0; at < pieces.size(); at += PIECE) {
                Cursor cursor = new Cursor(at, Math.min(at + PIECE, pieces.size()));
                if (cursor.advance(pieces)) {
                    queue.add(cursor);
                }
            }
            while (!queue.isEmpty()) {
                Cursor cursor = queue.poll();
                long[] block = cursor.block;
                int at = cursor.at;
                sorted.add(block[at], block[at + 1], block[at + 2], block[at + 3]);
                if (cursor.advance(pieces)) {
                    queue.add(cursor);
                }
            }
            return sorted;
        } catch (IOException | RuntimeException e) {
            sorted.close();
            throw e;
        }
    }

    private static Tape sortedPieces(Tape tape) throws IOException {
        Tape pieces = new Tape();
        long[] piece = new long[PIECE * Tape.FIELDS];
        for (long at = 0; at < tape.size(); at += PIECE) {
            int count = 0;
            while (count < PIECE && at + count < tape.size()) {
                long[] part = new long[Math.min(1 << 12, PIECE - count) * Tape.FIELDS];
                int read = tape.read(at + count, part);
                System.arraycopy(part, 0, piece, count * Tape.FIELDS, read * Tape.FIELDS);
                count += read;
            }
            int last = count - 1;
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> (last - i) * Tape.FIELDS);
            Comparator<Integer> byBegin = (x, y) -> compare(piece, x, piece, y);
            Arrays.sort(order, byBegin);
            for (int i : order) {
                pieces.add(piece[i], piece[i + 1], piece[i + 2], piece[i + 3]);
            }
        }
        return pieces;
    }

    private static int compare(long[] x, int at, long[] y, int from) {
        int byThread = Integer.compare(EventRecord.thread(x[at]), EventRecord.thread(y[from]));
        if (byThread != 0) {
            return byThread;
        }
        int byBegin = Long.compare(x[at + 1], y[from + 1]);
        return byBegin != 0 ? byBegin : Long.compare(end(y, from), end(x, at));
    }

    /** A counter has its value there; it comes behind what begins with it. */
    private static long end(long[] x, int at) {
        boolean counter = EventRecord.kind(x[at]) == EventRecord.COUNTER;
        return counter ? Long.MIN_VALUE : x[at + 2];
    }
}
