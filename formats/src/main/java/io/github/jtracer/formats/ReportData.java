package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jtracer.formats.Report.MethodTimes;
import io.github.jtracer.formats.Report.SlowCall;
import io.github.jtracer.formats.Report.ThreadTime;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Renders a {@link Report} for programs: JSON with everything, or the methods as CSV. */
public final class ReportData {
    /** Most JSON parsers refuse documents nested deeper than 1,000; a node is two levels. */
    private static final int MAX_TREE_DEPTH = 450;

    /** Writes one JSON object; times in nanoseconds. */
    public static void json(Report report, Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("process", report.info().processName());
            json.writeNumberField("durationNanos", report.info().durationNanos());
            json.writeNumberField("calls", report.totals().calls());
            json.writeNumberField("ownSlices", report.own().count());
            json.writeNumberField("lostCalls", report.totals().lostCalls());
            json.writeArrayFieldStart("methods");
            for (MethodTimes m : report.methods()) {
                json.writeStartObject();
                json.writeStringField("name", m.name());
                json.writeNumberField("self", m.self());
                json.writeNumberField("total", m.total());
                json.writeNumberField("count", m.count());
                json.writeNumberField("mean", m.mean());
                json.writeNumberField("p50", m.p50());
                json.writeNumberField("p99", m.p99());
                json.writeNumberField("max", m.max());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("slowest");
            for (SlowCall call : report.slowest()) {
                json.writeStartObject();
                json.writeStringField("name", call.name());
                json.writeStringField("thread", call.thread());
                json.writeNumberField("begin", call.begin());
                json.writeNumberField("duration", call.duration());
                json.writeNumberField("self", call.self());
                json.writeArrayFieldStart("callers");
                for (String caller : call.path()) {
                    json.writeString(caller);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("threads");
            for (ThreadTime t : report.threads()) {
                json.writeStartObject();
                json.writeStringField("name", t.name());
                json.writeNumberField("tid", t.tid());
                json.writeNumberField("threads", t.threads());
                json.writeNumberField("busy", t.busy());
                json.writeNumberField("calls", t.calls());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (report.tree() != null) {
                json.writeFieldName("tree");
                tree(report.tree(), json);
            }
            json.writeEndObject();
        }
    }

    /** Writes a header and a line per method; times in nanoseconds. */
    public static void csv(Report report, Writer out) throws IOException {
        out.write("method,self,total,count,mean,p50,p99,max\n");
        for (MethodTimes m : report.methods()) {
            out.write('"' + m.name().replace("\"", "\"\"") + '"');
            for (long value :
                    new long[] {
                        m.self(), m.total(), m.count(), m.mean(), m.p50(), m.p99(), m.max()
                    }) {
                out.write("," + value);
            }
            out.write('\n');
        }
        out.flush();
    }

    /** Without recursion: the tree may be as deep as the calls were. */
    private static void tree(CallNode root, JsonGenerator json) throws IOException {
        Deque<Iterator<CallNode>> open = new ArrayDeque<>();
        open.push(begin(root, json));
        while (!open.isEmpty()) {
            if (open.peek().hasNext() && open.size() < MAX_TREE_DEPTH) {
                open.push(begin(open.peek().next(), json));
            } else {
                open.pop();
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static Iterator<CallNode> begin(CallNode node, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeNumberField("total", node.total());
        json.writeNumberField("self", node.self());
        json.writeNumberField("count", node.count());
        json.writeArrayFieldStart("children");
        return node.children().iterator();
    }

    private ReportData() {}
}
