package io.github.jtracer.trace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Writes a trace as one page that shows it: viewer and data in a single file that opens from a
 * disk, without a network.
 *
 * <p>The data is {@link ColumnFormat}, a compressed block a {@code script} element that the browser
 * does not run. Memory grows with methods and threads, not with events.
 */
public final class HtmlPage implements TraceSink {
    private static final List<String> SCRIPTS =
            List.of("data.js", "draw.js", "analysis.js", "details.js", "app.js");

    private final OutputStream out;
    private final ColumnBlock block = new ColumnBlock();
    private final Deflater deflater = new Deflater();
    private byte[] compressed = new byte[1 << 16];
    private TraceInfo info = new TraceInfo(Map.of(), 0, 0);

    /** Writes to the stream and flushes it at the end, but leaves closing it to the caller. */
    public HtmlPage(OutputStream out) {
        this.out = out;
    }

    @Override
    public void start(TraceInfo traceInfo) throws IOException {
        info = traceInfo;
        String page = resource("page.html");
        ascii(page.substring(0, page.indexOf("<!--STYLE-->")));
        ascii("<style>" + resource("page.css") + "</style>");
        ascii(page.substring(page.indexOf("<!--STYLE-->"), page.indexOf("<!--DATA-->")));
    }

    @Override
    public void thread(ThreadTrack thread) {
        block.thread(thread);
    }

    @Override
    public void method(TracedMethod method, String label) {
        block.method(method, label);
    }

    @Override
    public void stack(int thread, List<StackTraceElement> frames) throws IOException {
        block.stack(thread, frames);
        writeIfFull();
    }

    @Override
    public void slice(
            int thread,
            int method,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments)
            throws IOException {
        block.slice(thread, block.nameOf(method), begin, duration, depth, flags, arguments);
        writeIfFull();
    }

    @Override
    public void ownSlice(
            int thread,
            String name,
            long begin,
            long duration,
            int depth,
            int flags,
            Map<String, String> arguments)
            throws IOException {
        block.slice(thread, block.ownName(name), begin, duration, depth, flags, arguments);
        writeIfFull();
    }

    @Override
    public void instant(int thread, String name, long time, Map<String, String> arguments)
            throws IOException {
        block.instant(thread, name, time, arguments);
        writeIfFull();
    }

    @Override
    public void counter(int thread, String name, long time, double value) throws IOException {
        block.counter(thread, name, time, value);
        writeIfFull();
    }

    @Override
    public void end(Totals totals) throws IOException {
        if (!block.isEmpty()) {
            writeBlock();
        }
        deflater.end();
        ascii("<script type=\"application/json\" id=\"meta\">");
        // Nothing in it may look like the end of the element, whatever a process is called.
        JsonBytes json = new JsonBytes(new LessThanEscaped(out));
        json.ascii("{");
        ChromeMetadata.write(json, info, totals, List.of(), List.of());
        json.ascii("}").flush();
        ascii("</script>\n<script>\n\"use strict\";\n(function () {\n");
        for (String script : SCRIPTS) {
            ascii(resource(script));
        }
        ascii("})();\n</script>\n</body>\n</html>\n");
        out.flush();
    }

    private void writeIfFull() throws IOException {
        if (block.isFull()) {
            writeBlock();
        }
    }

    private void writeBlock() throws IOException {
        VarBytes bytes = block.take();
        deflater.reset();
        deflater.setInput(bytes.bytes, 0, bytes.size);
        deflater.finish();
        int size = 0;
        while (!deflater.finished()) {
            if (size == compressed.length) {
                compressed = Arrays.copyOf(compressed, 2 * size);
            }
            size += deflater.deflate(compressed, size, compressed.length - size);
        }
        ascii("<script type=\"application/x-jtracer\">");
        out.write(Base64.getEncoder().encode(Arrays.copyOf(compressed, size)));
        ascii("</script>\n");
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream("viewer/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("viewer/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes {@code <} as JSON's escape. */
    private static final class LessThanEscaped extends OutputStream {
        private static final byte[] ESCAPE = "\\u003c".getBytes(StandardCharsets.US_ASCII);
        private final OutputStream target;

        LessThanEscaped(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            if (b == '<') {
                target.write(ESCAPE);
            } else {
                target.write(b);
            }
        }
    }
}
