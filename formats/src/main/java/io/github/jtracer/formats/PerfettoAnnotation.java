package io.github.jtracer.formats;

import static io.github.jtracer.trace.PerfettoFormat.*;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one debug annotation of an event as a key and a text. */
final class PerfettoAnnotation {
    static Map<String, String> add(Map<String, String> arguments, ByteBuffer bytes)
            throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case ANNOTATION_NAME -> key = in.readString();
                case ANNOTATION_TEXT -> value = in.readString();
                case ANNOTATION_BOOL -> value = String.valueOf(in.readBool());
                case ANNOTATION_UINT, ANNOTATION_INT -> value = String.valueOf(in.readInt64());
                default -> in.skipField(tag);
            }
        }
        Map<String, String> more = new LinkedHashMap<>(arguments);
        more.put(key, value);
        return more;
    }

    private PerfettoAnnotation() {}
}
