package io.github.jtracer.spring;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Names a download of a servlet application, so that {@code curl -OJ} and browsers keep the name.
 */
final class ServletDownload {
    private ServletDownload() {}

    /**
     * @param file a name that needs no escaping
     */
    static void name(String file) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getResponse() != null) {
            request.getResponse()
                    .setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
        }
    }
}
