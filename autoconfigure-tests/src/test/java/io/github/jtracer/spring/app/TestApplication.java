package io.github.jtracer.spring.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application to trace; which server it runs on is decided by who starts it. */
@SpringBootApplication
public class TestApplication {}
