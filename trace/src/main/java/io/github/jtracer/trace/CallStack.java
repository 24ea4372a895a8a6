package io.github.jtracer.trace;

import java.util.Arrays;
import java.util.Map;

/** The open slices of one thread, outermost first, as parallel arrays. */
final class CallStack {
    /** In place of a method's id: a slice of the application's own. */
    static final int OWN = -1;

    private static final int SMALL = 16;

    int size;
    int[] ids = new int[SMALL];
    long[] begins = new long[SMALL];
    private Note[] notes = new Note[0];

    /** What few slices have: a name of their own, arguments, an end that has to wait. */
    static final class Note {
        String name = "";
        Map<String, String> arguments = Map.of();
        boolean ended;
    }

    void push(int id, long begin) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            begins = Arrays.copyOf(begins, 2 * size);
        }
        ids[size] = id;
        begins[size] = begin;
        size++;
    }

    /** The note of an open slice, or null. */
    Note note(int index) {
        return index < notes.length ? notes[index] : null;
    }

    Note annotate(int index) {
        if (index >= notes.length) {
            notes = Arrays.copyOf(notes, ids.length);
        }
        if (notes[index] == null) {
            notes[index] = new Note();
        }
        return notes[index];
    }

    /** Takes the innermost slice away; its id and begin can still be read at {@code size}. */
    void pop() {
        size--;
        if (size < notes.length) {
            notes[size] = null;
        }
    }

    /** The innermost open slice with this id, or -1. */
    int find(int id) {
        for (int i = size - 1; i >= 0; i--) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /** The innermost open call, or -1. */
    int innermostCall() {
        for (int i = size - 1; i >= 0; i--) {
            if (ids[i] != OWN) {
                return i;
            }
        }
        return -1;
    }
}
