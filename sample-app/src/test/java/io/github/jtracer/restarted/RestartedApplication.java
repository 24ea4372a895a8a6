package io.github.jtracer.restarted;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** As little of an application as there can be, so that nothing but DevTools holds what is old. */
@SpringBootApplication
@RestController
public class RestartedApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(RestartedApplication.class, arguments);
    }

    @GetMapping("/fibonacci")
    String fibonacci(@RequestParam int n) {
        return String.valueOf(of(n));
    }

    private static long of(int n) {
        return n < 2 ? n : of(n - 1) + of(n - 2);
    }
}
