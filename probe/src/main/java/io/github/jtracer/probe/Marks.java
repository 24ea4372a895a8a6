package io.github.jtracer.probe;

import jdk.internal.misc.Unsafe;

/** Puts what is not a call into the buffer. The layout is {@link EventWord}'s. */
final class Marks {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int UNITS_PER_WORD = Long.BYTES / Character.BYTES;

    /** Names of threads are cut here: 64 units are 16 words. */
    private static final int MAX_NAME_UNITS = 64;

    private Marks() {}

    static int payload(long word) {
        return (int)
                (word >>> (EventWord.ID_SHIFT + EventWord.MARK_TYPE_BITS)
                        & EventWord.MARK_MAX_PAYLOAD);
    }

    static int site(int type, int payload) {
        return (payload << EventWord.MARK_TYPE_BITS | type) << EventWord.ID_SHIFT | EventWord.MARK;
    }

    static int nameWords(String name) {
        return words(Math.min(name.length(), MAX_NAME_UNITS));
    }

    private static int words(int units) {
        return (units + UNITS_PER_WORD - 1) / UNITS_PER_WORD;
    }

    static void text(Recorder recorder, int type, String text) {
        int words = Math.min(words(text.length()), recorder.maxMarkWords());
        long at = recorder.reserveMark(site(type, words), 1 + words);
        if (at != 0) {
            putText(at + Long.BYTES, text, words);
            recorder.commitMark(1 + words);
        }
    }

    static void caught(Recorder recorder, int site) {
        long at = recorder.reserveMark(site(EventWord.MARK_CAUGHT, 1), 2);
        if (at != 0) {
            UNSAFE.putLong(at + Long.BYTES, site);
            recorder.commitMark(2);
        }
    }

    static void counter(Recorder recorder, String name, double value) {
        int words = Math.min(words(name.length()), recorder.maxMarkWords() - 1);
        long at = recorder.reserveMark(site(EventWord.MARK_COUNTER, 1 + words), 2 + words);
        if (at != 0) {
            UNSAFE.putLong(at + Long.BYTES, Double.doubleToRawLongBits(value));
            putText(at + 2 * Long.BYTES, name, words);
            recorder.commitMark(2 + words);
        }
    }

    static void putText(long address, String text, int words) {
        int units = Math.min(text.length(), words * UNITS_PER_WORD);
        for (int word = 0; word < words; word++) {
            long packed = 0;
            for (int i = 0; i < UNITS_PER_WORD; i++) {
                int unit = word * UNITS_PER_WORD + i;
                if (unit < units) {
                    packed |= (long) text.charAt(unit) << (i * Character.SIZE);
                }
            }
            UNSAFE.putLong(address + (long) word * Long.BYTES, packed);
        }
    }
}
