package io.github.jtracer.sample;

import io.github.jtracer.sample.load.LoadDriver;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * A small shop: a catalogue, prices, orders, and an import job.
 *
 * <p>Somewhere in it is a mistake that makes about one request in ten slow. A log does not show it;
 * a trace does.
 */
@SpringBootApplication
@EnableScheduling
@EnableAsync
public class SampleApplication {
    /** Runs the shop, or, where {@code --load=URL} is given, its customers. */
    public static void main(String[] args) throws Exception {
        if (Arrays.stream(args).anyMatch(arg -> arg.startsWith("--load="))) {
            LoadDriver.main(args);
        } else {
            SpringApplication.run(SampleApplication.class, args);
        }
    }
}
