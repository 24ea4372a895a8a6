package io.github.jtracer.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The request that is being answered, where the application is one of servlets. */
final class ServletExchange {
    private static final ClassLoader LOADER = ServletExchange.class.getClassLoader();

    private static final boolean SERVLET =
            ClassUtils.isPresent("jakarta.servlet.http.HttpServletResponse", LOADER)
                    && ClassUtils.isPresent(
                            "org.springframework.web.context.request.ServletRequestAttributes",
                            LOADER);

    /** Boot's own rule: Jersey has the endpoints where there is no Spring MVC. */
    static final boolean JERSEY =
            SERVLET
                    && !ClassUtils.isPresent(
                            "org.springframework.web.servlet.DispatcherServlet", LOADER);

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    private ServletExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    static Optional<ServletExchange> current() {
        return SERVLET ? Current.get() : Optional.empty();
    }

    HttpServletRequest request() {
        return request;
    }

    void header(String name, String value) {
        response.setHeader(name, value);
    }

    /** Apart, so that it is not loaded where there are no servlets. */
    private static final class Current {
        static Optional<ServletExchange> get() {
            return RequestContextHolder.getRequestAttributes()
                                    instanceof ServletRequestAttributes current
                            && current.getResponse() != null
                    ? Optional.of(new ServletExchange(current.getRequest(), current.getResponse()))
                    : Optional.empty();
        }
    }
}
