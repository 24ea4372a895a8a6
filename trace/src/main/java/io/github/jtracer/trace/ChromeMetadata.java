package io.github.jtracer.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes what is known about a trace as a whole, and where its methods are in the sources. */
public final class ChromeMetadata {
    /** As one JSON object, without the methods. */
    public static String json(TraceInfo info, Totals totals) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JsonBytes json = new JsonBytes(bytes).ascii("{");
            write(json, info, totals, List.of(), List.of());
            json.ascii("}").flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static void write(
            JsonBytes json,
            TraceInfo info,
            Totals totals,
            List<TracedMethod> methods,
            List<String> labels)
            throws IOException {
        json.ascii("\"jtracer_metadata\":{\n");
        for (Map.Entry<String, String> field : info.fields().entrySet()) {
            json.string(field.getKey()).ascii(":").string(field.getValue()).ascii(",\n");
        }
        json.ascii("\"start\":").string(info.startedAt().toString());
        json.ascii(",\n\"startNanosSinceEpoch\":").number(info.startEpochNanos());
        json.ascii(",\n\"durationNanos\":").number(info.durationNanos());
        json.ascii(",\n\"counts\":{\"calls\":").number(totals.calls());
        json.ascii(",\"threads\":").number(totals.threads());
        json.ascii(",\"lostCalls\":").number(totals.lostCalls());
        json.ascii(",\"lostCallsBefore\":").number(totals.lostCallsBefore());
        json.ascii(",\"lostCallsAfter\":").number(totals.lostCallsAfter());
        json.ascii(",\"lostEvents\":").number(totals.lostEvents());
        json.ascii(",\"completeFromNanos\":").number(totals.completeFromNanos());
        json.ascii(",\"completeUntilNanos\":").number(totals.completeUntilNanos());
        json.ascii(",\"open\":").number(totals.open());
        json.ascii(",\"beginUnknown\":").number(totals.beginUnknown());
        json.ascii(",\"thrown\":").number(totals.thrown());
        json.ascii(",\"cut\":").number(totals.cut());
        json.ascii(",\"tooShort\":").number(totals.tooShort());
        json.ascii(",\"events\":").number(totals.events());
        json.ascii("},\n\"methods\":{");
        for (int i = 0; i < methods.size(); i++) {
            TracedMethod method = methods.get(i);
            json.ascii(i == 0 ? "\n" : ",\n").string(labels.get(i)).ascii(":[");
            json.string(method.sourceFile()).ascii(",").number(method.line()).ascii("]");
        }
        json.ascii("}\n}");
    }

    private ChromeMetadata() {}
}
