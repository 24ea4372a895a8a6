package io.github.jtracer.formats;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Whether a file that begins so is JSON. */
final class JsonHead {
    /** So many bytes are looked at. */
    static final int BYTES = 64;

    /** UTF-8's, byte by byte. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    /** An object or an array up to the first thing in it, or to where no more can be seen. */
    private static final Pattern BEGIN = Pattern.compile("\\{\\s*(\"|}|$)|\\[\\s*([{\\[\\]]|$)");

    private JsonHead() {}

    /**
     * White space may come first, also the byte that a Perfetto trace begins with; what follows the
     * bracket tells them apart.
     */
    static boolean is(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String begin =
                text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        String json = begin.stripLeading();
        boolean bracket = json.startsWith("{") || json.startsWith("[");
        return bracket && (json.length() == text.length() || BEGIN.matcher(json).lookingAt());
    }
}
