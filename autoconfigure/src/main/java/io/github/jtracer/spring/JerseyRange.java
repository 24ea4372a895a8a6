package io.github.jtracer.spring;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.util.MimeType;

/**
 * Answers with the part of a file that a request asks for, on Jersey. Spring MVC and WebFlux do
 * that by themselves.
 */
final class JerseyRange {
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private JerseyRange() {}

    /**
     * The whole where no range is asked for, or several are: that is allowed, and nobody needs it.
     */
    static WebEndpointResponse<Object> answer(
            ServletExchange exchange, Resource file, MimeType type) throws IOException {
        exchange.header(HttpHeaders.ACCEPT_RANGES, "bytes");
        String asked = exchange.request().getHeader(HttpHeaders.RANGE);
        if (asked == null || exchange.request().getHeader(HttpHeaders.IF_RANGE) != null) {
            return new WebEndpointResponse<>(file, WebEndpointResponse.STATUS_OK, type);
        }
        long length = file.contentLength();
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(asked);
            if (ranges.size() != 1) {
                return new WebEndpointResponse<>(file, WebEndpointResponse.STATUS_OK, type);
            }
            long start = ranges.get(0).getRangeStart(length);
            long end = ranges.get(0).getRangeEnd(length);
            if (start <= end) {
                exchange.header(
                        HttpHeaders.CONTENT_RANGE, "bytes " + start + "-" + end + "/" + length);
                Resource part =
                        new InputStreamResource(
                                () -> new Part(file.getInputStream(), start, end - start + 1));
                return new WebEndpointResponse<>(part, PARTIAL_CONTENT, type);
            }
        } catch (IllegalArgumentException e) {
            // answered below, as a range behind the end is
        }
        exchange.header(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
        return new WebEndpointResponse<>(RANGE_NOT_SATISFIABLE);
    }

    /** So many bytes of a stream, from there. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream whole, long start, long length) throws IOException {
            super(whole);
            this.left = length;
            whole.skipNBytes(start);
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
