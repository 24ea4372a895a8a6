package io.github.jtracer.tests.program;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks what a test wants to see. The JVM forgets annotations of less retention. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Mark {}
