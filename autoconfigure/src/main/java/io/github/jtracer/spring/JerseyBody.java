package io.github.jtracer.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/**
 * Reads the JSON body of a request on Jersey, where Boot reads it only for operations whose
 * parameters demand one.
 */
final class JerseyBody {
    private static final int MOST_BYTES = 1 << 16;

    private JerseyBody() {}

    /**
     * The fields of the current request's body; empty if it has none.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    static Map<String, Object> read() {
        return ServletExchange.current()
                .map(ServletExchange::request)
                .filter(JerseyBody::isJson)
                .map(request -> parse(text(request)))
                .orElse(Map.of());
    }

    private static boolean isJson(HttpServletRequest request) {
        return request.getContentType() != null && request.getContentType().contains("json");
    }

    private static String text(HttpServletRequest request) {
        try {
            byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body could not be read");
        }
    }

    private static Map<String, Object> parse(String text) {
        try {
            return text.isBlank() ? Map.of() : JsonParserFactory.getJsonParser().parseMap(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("the body is not a JSON object");
        }
    }
}
